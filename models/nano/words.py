"""Common English words, written down for the tokenizer and as neutral filler in training captions.

Filler teaches the text tower to look past words that name none of its classes.
"""

COMMON = """
able about above across act add afraid after again against age ago air all almost alone along already also always
among amount angle animal another answer any anyone anything appear area arm around arrive art ask asleep away baby
back background bad bag balcony bank bar bare base basket bath be beautiful because become bed before begin behind
being below belt beside best better between beyond big bit blanket block blur blurry body book boot border both bottom
bowl boy branch bread break bridge bright bring broad broken brother build building busy but button buy cable call
calm camera can cannot capture card care careful carpet carry case casual catch caught ceiling center central centre
certain chance change check child children choose church circle city clean clear clearly climb clip clock close closed
closer cloth clothes coat coffee cold colour color colourful column come common computer contain control cook cool
corner correct corridor cost could country couple course cover crack create cross cup curtain cut daily damage danger
dark date daughter dawn daylight dead deep desk detail detected different dinner dirt dirty dish distance distant do
done double down draw drawing dream dress drink drive driver drop dry during dusk dust each early earth east easy eat
edge either electric else empty end engine enough enter entire entrance entry equal even evening event ever every
everyone everything evidence example except exit expect eye face factory fall family famous far farm fast father feel
feet fell fence few figure fill final find fine finger finish first fit five fix floor fly follow food foot footage for
forward found four frame free fresh friend from front full game garage garden gate general gentle get girl give glad
glass go going gold good grand grass great ground group grow guard guest guide had hair half hall hand handle hang
happen happy hard has hat have head hear heart heavy height hello help her here hide high hill him his hit hold hole
holiday home hope hospital hot hotel hour house how huge human hundred hurry idea if image important in inside into
iron island item its job join journey just keep key kind kitchen know lamp land lane large last late later laugh lead
leaf learn least leave left leg less let letter level library lie life lift light like likely line list little live
load long look lost lot loud love low machine made main major make man many map mark market material may maybe me mean
meet member men message metal middle might mile mind minute mirror miss modern moment money month more morning most
mother mouth move moving much music must my name narrow near nearby nearly neck need never new news next nice nobody
noise none noon normal north nose not note nothing notice now number object of off office often old on once one only
onto open or order ordinary other our out outdoor outdoors outside over own page paint pair paper parent park parked
parking part pass past path pattern pavement pay people perfect perhaps photograph pick picture piece place plain plan
plant plastic plate play please point poor poster pot power present press pretty price private probably problem public
pull purpose push put quality quick quiet quite race rare rather reach read ready real really rear reason record
recorded region remain remember remote repair report rest result return rich ride right ring rise river roof root rope
rough round row run running sad safe safety same sample save saw say school screen second section see seem seen sell
send sensor serious serve set seven several shadow shape share sharp she shelf shine shirt shoe shop short shot should
shoulder show shut side sight sign silent silver similar simple simply since single sister sit site situation six size
skin sleep slow slowly small smile smooth so soft some someone something sometimes son soon sort sound south space
speak special speed spend spot spring square stage stair stairs stand standing start state station stay steel step
still stone stood stop store storm story straight strange strong study style subject such sudden suddenly summer sure
surface surprise surveillance sweet system table take talk tall task team tell temperature ten tent test than thank
that the their them then there these they thick thin thing think third this those though three through throw time tiny
tired to today together tomorrow tone too tool top total touch toward tower town toy track trade travel trip true try
turn twenty two type under understand until up upper us use used useful usual valley various very video view village
visible visit visitor voice wait walk walking wall want warm warning was wash watch water wave way we wear week weight
welcome well went west wet what wheel when where which while who whole whose why wide wife wild will wind window wine
winter wire wish with within without woman women wonder wood wooden word work worker world worth would write wrong year
yes yesterday yet you young your zone
""".split()

NEUTRAL = tuple(
    sorted(
        set(COMMON)
        - set(
            """animal people person man woman men women child children boy girl human worker garden park forest water
            river storm rain wet dark dawn dusk evening morning sky window broken crack glass damage safety climb stair
            stairs steel plant branch leaf root tree wood wooden grass field farm land hill valley island lane path
            pavement road city town village building house home hall corridor kitchen bed room empty bare closed open
            shut close entrance entry exit gate garage light lamp shine bright sign stop cold winter snow summer warm hot
            sun daylight beach wave sea coat ride drive driver engine wheel fly wind shoe parked parking track station
            stone ground lie asleep sleep dead fell fall site hard hat guard group row crowd toy game play round ring
            table bag case travel holiday box load package drink wine coffee cup bowl pot plate dish pair sit seat rest
            fence gold silver red green blue storm lost hurry rescue danger warning alarm burn hospital school public
            night day noon""".split()
        )
    )
)
