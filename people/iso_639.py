"""The languages of ISO 639 by code and name: what can be a language here, and how its tag begins.

From the code list of ISO 639-2 (Library of Congress, as Debian's iso-codes 4 has it): every living or constructed
language of its own, and each with a code of two letters. To that come usual names and spellings, the codes of ISO
639-3 that tools write for the standard form of a language ("cmn" is "zh"), and some of its languages with many speakers.
"""

import re

# A line each: the code that a tag begins with (RFC 5646: the shortest), the others for the same, and its names.
LANGUAGES = """
aa,aar Afar
ab,abk Abkhazian
ace Achinese
ach Acoli
ada Adangme
ady Adyghe; Adygei
ae,ave Avestan
af,afr Afrikaans
afh Afrihili
ain Ainu
ak,aka Akan
ale Aleut
alt Southern Altai
am,amh Amharic; አማርኛ
an,arg Aragonese
anp Angika
apc Levantine Arabic
ar,ara,arb Arabic
arn Mapudungun; Mapuche
arp Arapaho
arw Arawak
ary Moroccan Arabic; Darija
arz Egyptian Arabic
as,asm Assamese
ast Asturian; Bable; Leonese; Asturleonese
av,ava Avaric
awa Awadhi
ay,aym Aymara
az,aze,azj Azerbaijani
ba,bak Bashkir
bal Baluchi
ban Balinese
bas Basa
bcl Central Bikol
be,bel Belarusian
bej Beja; Bedawiyet
bem Bemba
bg,bul Bulgarian
bh,bih Bihari languages
bho Bhojpuri
bi,bis Bislama
bik Bikol
bin Bini; Edo
bla Siksika
bm,bam Bambara
bn,ben Bengali; Bangla
bo,bod,tib Tibetan; བོད་སྐད
br,bre Breton
bra Braj
bs,bos Bosnian
bua Buriat
bug Buginese
byn Blin; Bilin
ca,cat Catalan; Valencian
cad Caddo
car Galibi Carib
ce,che Chechen
ceb Cebuano; Bisaya
ch,cha Chamorro
chk Chuukese
chm Mari
chn Chinook jargon
cho Choctaw
chp Chipewyan; Dene Suline
chr Cherokee
chy Cheyenne
ckb Central Kurdish; Sorani
cnr Montenegrin
co,cos Corsican
cr,cre Cree
crh Crimean Tatar; Crimean Turkish
cs,ces,cze Czech
csb Kashubian
cu,chu Church Slavic; Old Slavonic; Church Slavonic; Old Bulgarian; Old Church Slavonic
cv,chv Chuvash
cy,cym,wel Welsh
da,dan Danish
dag Dagbani
dak Dakota
dar Dargwa
de,deu,ger German
del Delaware
den Slave
dgr Dogrib
din Dinka
doi Dogri
dsb Lower Sorbian
dua Duala
dv,div Divehi; Dhivehi; Maldivian
dyu Dyula
dz,dzo Dzongkha; རྫོང་ཁ
ee,ewe Ewe
efi Efik
eka Ekajuk
el,ell,gre Greek
en,eng English
eo,epo Esperanto
es,spa Spanish; Castilian
et,est,ekk Estonian
eu,eus,baq Basque
ewo Ewondo
fa,fas,per,pes Persian; Farsi
fan Fang
fat Fanti
ff,ful,fuc Fulah
fi,fin Finnish
fil Filipino; Pilipino; Wikang Filipino
fj,fij Fijian
fo,fao Faroese
fon Fon
fr,fra,fre French
frr Northern Frisian
frs Eastern Frisian
fur Friulian
fy,fry Western Frisian
ga,gle Irish
gaa Ga
gay Gayo
gba Gbaya
gd,gla Gaelic; Scottish Gaelic
gil Gilbertese
gl,glg Galician
gn,grn,gug Guarani; Avañe'ẽ
gon Gondi
gor Gorontalo
grb Grebo
gsw Swiss German; Alemannic; Alsatian
gu,guj Gujarati; ગુજરાતી
guz Ekegusii; Gusii
gv,glv Manx
gwi Gwich'in
ha,hau Hausa; هَوُسَ
hai Haida
hak Hakka Chinese
haw Hawaiian
he,heb Hebrew; Ivrit
hi,hin Hindi
hil Hiligaynon
hmn Hmong; Mong
hne Chhattisgarhi
ho,hmo Hiri Motu
hr,hrv Croatian
hsb Upper Sorbian
ht,hat Haitian; Haitian Creole; Kreyòl; Kreyòl ayisyen
hu,hun Hungarian
hup Hupa
hy,hye,arm Armenian
hz,her Herero
ia,ina Interlingua
iba Iban
id,ind Indonesian
ie,ile Interlingue; Occidental
ig,ibo Igbo
ii,iii Sichuan Yi; Nuosu
ik,ipk Inupiaq
ilo Iloko; Ilocano
inh Ingush
io,ido Ido
is,isl,ice Icelandic
it,ita Italian
iu,iku Inuktitut
ja,jpn Japanese
jbo Lojban
jpr Judeo-Persian
jrb Judeo-Arabic
jv,jav Javanese; Basa Jawa
ka,kat,geo Georgian
kaa Kara-Kalpak
kab Kabyle
kac Kachin; Jingpho
kam Kamba
kbd Kabardian
kg,kon Kongo
kha Khasi
ki,kik Kikuyu; Gikuyu
kj,kua Kuanyama; Kwanyama
kk,kaz Kazakh
kl,kal Kalaallisut; Greenlandic
kln Kalenjin
km,khm Central Khmer
kmb Kimbundu
kn,kan Kannada
ko,kor Korean
kok Konkani
kos Kosraean
kpe Kpelle
kr,kau,knc Kanuri
krc Karachay-Balkar
kri Krio
krl Karelian
kru Kurukh
ks,kas Kashmiri
ku,kur Kurdish; Kurmanji; Kurdî
kum Kumyk
kut Kutenai
kv,kom Komi
kw,cor Cornish
ky,kir Kirghiz; Kyrgyz
la,lat Latin
lad Ladino
lah Lahnda
lam Lamba
lb,ltz Luxembourgish; Letzeburgesch
lez Lezghian
lg,lug Ganda; Luganda
li,lim Limburgan; Limburger; Limburgish
ln,lin Lingala; Lingála
lo,lao Lao; Laotian; ລາວ; ພາສາລາວ
lol Mongo
loz Lozi
lt,lit Lithuanian
lu,lub Luba-Katanga
lua Luba-Lulua
lun Lunda
luo Luo
lus Lushai
lv,lav,lvs Latvian
mad Madurese
mag Magahi
mai Maithili
mak Makasar
man Mandingo
mas Masai
mdf Moksha
mdr Mandar
men Mende
mer Meru
mg,mlg,plt Malagasy
mh,mah Marshallese
mi,mri,mao Maori
mic Mi'kmaq; Micmac
min Minangkabau
mk,mkd,mac Macedonian
ml,mal Malayalam
mn,mon,khk Mongolian
mnc Manchu
mni Manipuri; Meitei
moh Mohawk
mos Mossi
mr,mar Marathi
ms,msa,may,zsm Malay
mt,mlt Maltese; Malti
mus Creek
mwl Mirandese
mwr Marwari
my,mya,bur Burmese; Myanmar
myv Erzya
na,nau Nauru
nah Nahuatl
nan Min Nan Chinese; Hokkien
nap Neapolitan
nb,nob Norwegian Bokmål; Bokmål; Norsk bokmål
nd,nde North Ndebele
nds Low German; Low Saxon
ne,nep,npi Nepali
new Nepal Bhasa; Newari
ng,ndo Ndonga
nia Nias
niu Niuean
nl,nld,dut Dutch; Flemish
nn,nno Norwegian Nynorsk; Nynorsk; Norsk nynorsk
no,nor Norwegian; Norsk
nog Nogai
nqo N'Ko
nr,nbl South Ndebele; isiNdebele
nso Pedi; Sepedi; Northern Sotho; Sesotho sa Leboa
nv,nav Navajo; Navaho
ny,nya Chichewa; Chewa; Nyanja; Chinyanja
nym Nyamwezi
nyn Nyankole
nyo Nyoro
nzi Nzima
oc,oci Occitan; Provençal
oj,oji Ojibwa
om,orm,gaz Oromo; Afaan Oromo
or,ori,ory Oriya; Odia; ଓଡ଼ିଆ
os,oss Ossetian; Ossetic
osa Osage
pa,pan Panjabi; Punjabi
pag Pangasinan
pam Pampanga; Kapampangan
pap Papiamento
pau Palauan
pcm Nigerian Pidgin; Naija
pi,pli Pali
pl,pol Polish
pon Pohnpeian
prs Dari
ps,pus,pbt Pushto; Pashto; پښتو
pt,por Portuguese
qu,que Quechua; Runasimi
quc K'iche'
raj Rajasthani
rap Rapanui
rar Rarotongan; Cook Islands Maori
rm,roh Romansh
rn,run Rundi; Kirundi
ro,ron,rum Romanian; Moldavian; Moldovan
rom Romany
ru,rus Russian
rup Aromanian; Arumanian; Macedo-Romanian
rw,kin Kinyarwanda; Ikinyarwanda
sa,san Sanskrit
sad Sandawe
sah Yakut
sas Sasak
sat Santali
sc,srd Sardinian
scn Sicilian
sco Scots
sd,snd Sindhi; سنڌي
se,sme Northern Sami
sel Selkup
sg,sag Sango
shn Shan
si,sin Sinhala; Sinhalese; සිංහල
sid Sidamo
sk,slk,slo Slovak
skr Saraiki
sl,slv Slovenian; Slovene
sm,smo Samoan
sma Southern Sami
smj Lule Sami
smn Inari Sami
sms Skolt Sami
sn,sna Shona; chiShona
snk Soninke
so,som Somali; Soomaali; af Soomaali
sq,sqi,alb,als Albanian
sr,srp Serbian
srn Sranan Tongo
srr Serer
ss,ssw Swati; siSwati
st,sot Southern Sotho; Sesotho
su,sun Sundanese; Basa Sunda
suk Sukuma
sus Susu
sv,swe Swedish
sw,swa,swh Swahili
syr Syriac
ta,tam Tamil
te,tel Telugu
tem Timne
ter Tereno
tet Tetum
tg,tgk Tajik
th,tha Thai
ti,tir Tigrinya; ትግርኛ
tig Tigre
tiv Tiv
tk,tuk Turkmen
tkl Tokelau
tl,tgl Tagalog; Wikang Tagalog
tlh Klingon; tlhIngan-Hol
tli Tlingit
tmh Tamashek
tn,tsn Tswana; Setswana
to,ton Tonga
tog Tonga
tpi Tok Pisin
tr,tur Turkish
ts,tso Tsonga; Xitsonga
tsi Tsimshian
tt,tat Tatar
tum Tumbuka
tvl Tuvalu
tw,twi Twi
ty,tah Tahitian
tyv Tuvinian
udm Udmurt
ug,uig Uighur; Uyghur
uk,ukr Ukrainian
umb Umbundu
ur,urd Urdu
uz,uzb,uzn Uzbek
vai Vai
ve,ven Venda; Tshivenda
vi,vie Vietnamese
vo,vol Volapük
vot Votic
wa,wln Walloon
wal Walamo
war Waray; Waray-Waray
was Washo
wo,wol Wolof
wuu Wu Chinese
xal Kalmyk; Oirat
xh,xho Xhosa; isiXhosa
yao Yao
yap Yapese
yi,yid,ydd Yiddish
yo,yor Yoruba; Yorùbá
yua Yucateco
yue Cantonese; 粵語; 粤语
za,zha Zhuang; Chuang
zap Zapotec
zbl Blissymbols; Blissymbolics; Bliss
zen Zenaga
zgh Standard Moroccan Tamazight
zh,zho,chi,cmn Chinese; Mandarin; Mandarin Chinese; 中文; 汉语; 漢語; 普通话
zu,zul Zulu; isiZulu
zun Zuni
zza Zaza; Dimili; Dimli; Kirdki; Kirmanjki; Zazaki
"""


def _rows() -> list[tuple[list[str], list[str]]]:
    parted = (line.partition(" ") for line in LANGUAGES.strip().splitlines())
    return [(codes.split(","), names.split("; ")) for codes, _, names in parted]


NAMES = {codes[0]: names for codes, names in _rows()}
SHORTEST = {code: codes[0] for codes, _ in _rows() for code in codes}
SUBTAG = re.compile("[A-Za-z0-9]{1,8}")
LONGEST_TAG = 35


def tag_of(written: str) -> str | None:
    """A language tag in its one usual form, or None for what is no tag of a known language.

    "eng", "EN" and "en" are "en"; "pt_br" is "pt-BR", "zho-hans" is "zh-Hans".
    """
    primary, *subtags = written.replace("_", "-").split("-")
    code = SHORTEST.get(primary.lower())
    if code is None or len(written) > LONGEST_TAG or not all(map(SUBTAG.fullmatch, subtags)):
        return None
    return "-".join([code, *map(_usual, subtags)])


def primary_of(tag: str) -> str:
    """The language of a tag alone, by its shortest code if it is known: "lo" of "lao-LA"."""
    primary = tag.partition("-")[0].lower()
    return SHORTEST.get(primary, primary)


def _usual(subtag: str) -> str:
    """A script is written "Hans", a region "BR", all else small."""
    if not subtag.isalpha():
        return subtag.lower()
    return {2: subtag.upper(), 4: subtag.title()}.get(len(subtag), subtag.lower())
