package io.frametag.jobs.cli;

import picocli.CommandLine.IVersionProvider;

/** Version of Frametag and of the Java it runs on. */
final class Version implements IVersionProvider {

    Version() {}

    @Override
    public String[] getVersion() {
        String version = Frametag.class.getPackage().getImplementationVersion();
        return new String[] {
            "frametag " + (version == null ? "(not packaged)" : version),
            "Java "
                    + System.getProperty("java.version")
                    + ", "
                    + System.getProperty("os.name")
                    + " "
                    + System.getProperty("os.arch")
        };
    }
}
