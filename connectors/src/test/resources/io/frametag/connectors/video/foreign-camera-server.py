"""Serves H.264 over RTSP with GStreamer's server: a file at /file, once per connection, and a live
picture at /live.

Arguments: the file, and the port (0 for any free one). Prints the port when it is ready; ends with
its standard input.
"""

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

Gst.init(None)
loop = GLib.MainLoop()
PAY = "h264parse ! rtph264pay name=pay0 pt=96 config-interval=-1"


def factory(launch):
    made = GstRtspServer.RTSPMediaFactory()
    made.set_launch("( %s ! %s )" % (launch, PAY))
    return made


server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service(sys.argv[2])
mounts = server.get_mount_points()
mounts.add_factory("/file", factory('filesrc location="%s" ! qtdemux' % sys.argv[1]))
mounts.add_factory(
    "/live",
    factory(
        "videotestsrc is-live=true ! video/x-raw,width=320,height=240,framerate=25/1"
        " ! openh264enc gop-size=10"
    ),
)
if server.attach(None) == 0:
    sys.exit("port %s can't be listened on" % sys.argv[2])
GLib.io_add_watch(sys.stdin.fileno(), GLib.PRIORITY_DEFAULT, GLib.IO_HUP, lambda *_: loop.quit())
print(server.get_bound_port(), flush=True)
loop.run()
