"""Countries (ISO 3166 codes, and XK for Kosovo) with their names in French, German, Dutch and English."""

_NAMES = """
AD|Andorre|Andorra|Andorra|Andorra
AE|Émirats arabes unis|Vereinigte Arabische Emirate|Verenigde Arabische Emiraten|United Arab Emirates
AF|Afghanistan|Afghanistan|Afghanistan|Afghanistan
AG|Antigua-et-Barbuda|Antigua und Barbuda|Antigua en Barbuda|Antigua and Barbuda
AI|Anguilla|Anguilla|Anguilla|Anguilla
AL|Albanie|Albanien|Albanië|Albania
AM|Arménie|Armenien|Armenië|Armenia
AO|Angola|Angola|Angola|Angola
AR|Argentine|Argentinien|Argentinië|Argentina
AS|Samoa américaines|Amerikanisch-Samoa|Amerikaans Samoa|American Samoa
AT|Autriche|Österreich|Oostenrijk|Austria
AU|Australie|Australien|Australië|Australia
AW|Aruba|Aruba|Aruba|Aruba
AX|Îles Åland|Ålandinseln|Åland|Åland Islands
AZ|Azerbaïdjan|Aserbaidschan|Azerbeidzjan|Azerbaijan
BA|Bosnie-Herzégovine|Bosnien und Herzegowina|Bosnië en Herzegovina|Bosnia and Herzegovina
BB|Barbade|Barbados|Barbados|Barbados
BD|Bangladesh|Bangladesch|Bangladesh|Bangladesh
BE|Belgique|Belgien|België|Belgium
BF|Burkina Faso|Burkina Faso|Burkina Faso|Burkina Faso
BG|Bulgarie|Bulgarien|Bulgarije|Bulgaria
BH|Bahreïn|Bahrain|Bahrein|Bahrain
BI|Burundi|Burundi|Burundi|Burundi
BJ|Bénin|Benin|Benin|Benin
BL|Saint-Barthélemy|Saint Barthélemy|Saint Barthélemy|Saint Barthélemy
BM|Bermudes|Bermuda|Bermuda|Bermuda
BN|Brunei|Brunei|Brunei|Brunei
BO|Bolivie|Bolivien|Bolivia|Bolivia
BQ|Bonaire, Saint-Eustache et Saba|Bonaire, Sint Eustatius und Saba|Bonaire, Sint Eustatius and Saba|Bonaire, Sint Eustatius and Saba
BR|Brésil|Brasilien|Brazilië|Brazil
BS|Bahamas|Bahamas|Bahama’s|Bahamas
BT|Bhoutan|Bhutan|Bhutan|Bhutan
BW|Botswana|Botsuana|Botswana|Botswana
BY|Biélorussie|Belarus|Belarus|Belarus
BZ|Belize|Belize|Belize|Belize
CA|Canada|Kanada|Canada|Canada
CC|Îles Cocos|Kokosinseln|Cocoseilanden|Cocos Islands
CD|République démocratique du Congo|Demokratische Republik Kongo|Democratische Republiek Congo|Democratic Republic of the Congo
CF|République Centre-Africaine|Zentralafrikanische Republik|Centraal-Afrikaanse Republiek|Central African Republic
CG|Congo|Kongo|Congo|Congo
CH|Suisse|Schweiz|Zwitserland|Switzerland
CI|Côte d'Ivoire|Elfenbeinküste|Ivoorkust|Côte d'Ivoire
CK|Îles Cook|Cook-Inseln|Cookeilanden|Cook Islands
CL|Chili|Chile|Chili|Chile
CM|Cameroun|Kamerun|Kameroen|Cameroon
CN|Chine|China|China|China
CO|Colombie|Kolumbien|Colombia|Colombia
CR|Costa Rica|Costa Rica|Costa Rica|Costa Rica
CU|Cuba|Kuba|Cuba|Cuba
CV|Cap-Vert|Kap Verde|Kaapverdië|Cape Verde
CW|Curaçao|Curaçao|Curaçao|Curaçao
CX|Île Christmas|Weihnachtsinsel|Christmaseiland|Christmas Island
CY|Chypre|Zypern|Cyprus|Cyprus
CZ|Tchéquie|Tschechien|Tsjechië|Czechia
DE|Allemagne|Deutschland|Duitsland|Germany
DJ|Djibouti|Dschibuti|Djibouti|Djibouti
DK|Danemark|Dänemark|Denemarken|Denmark
DM|Dominique|Dominica|Dominica|Dominica
DO|République dominicaine|Dominikanische Republik|Dominicaanse Republiek|Dominican Republic
DZ|Algérie|Algerien|Algerije|Algeria
EC|Équateur|Ecuador|Ecuador|Ecuador
EE|Estonie|Estland|Estland|Estonia
EG|Égypte|Ägypten|Egypte|Egypt
EH|Sahara occidental|Westsahara|Westelijke Sahara|Western Sahara
ER|Érythrée|Eritrea|Eritrea|Eritrea
ES|Espagne|Spanien|Spanje|Spain
ET|Éthiopie|Äthiopien|Ethiopië|Ethiopia
FI|Finlande|Finnland|Finland|Finland
FJ|Fidji|Fidschi|Fiji|Fiji
FK|Îles Malouines|Falkland-Inseln|Falklandeilanden|Falkland Islands
FM|Micronésie|Mikronesien|Micronesië|Micronesia
FO|Îles Féroé|Färöer-Inseln|Faeröer|Faroe Islands
FR|France|Frankreich|Frankrijk|France
GA|Gabon|Gabun|Gabon|Gabon
GB|Royaume-Uni|Vereinigtes Königreich|Verenigd Koninkrijk|United Kingdom
GD|Grenade|Grenada|Grenada|Grenada
GE|Géorgie|Georgien|Georgië|Georgia
GF|Guyane française|Französisch-Guayana|Frans-Guyana|French Guiana
GG|Guernesey|Guernsey|Guernsey|Guernsey
GH|Ghana|Ghana|Ghana|Ghana
GI|Gibraltar|Gibraltar|Gibraltar|Gibraltar
GL|Groenland|Grönland|Groenland|Greenland
GM|Gambie|Gambia|Gambia|Gambia
GN|Guinée|Guinea|Guinee|Guinea
GP|Guadeloupe|Guadeloupe|Guadeloupe|Guadeloupe
GQ|Guinée équatoriale|Äquatorial-Guinea|Equatoriaal-Guinea|Equatorial Guinea
GR|Grèce|Griechenland|Griekenland|Greece
GT|Guatemala|Guatemala|Guatemala|Guatemala
GU|Guam|Guam|Guam|Guam
GW|Guinée-Bissau|Guinea-Bissau|Guinee-Bissau|Guinea-Bissau
GY|Guyana|Guyana|Guyana|Guyana
HK|Hong Kong|Hongkong|Hongkong|Hong Kong
HN|Honduras|Honduras|Honduras|Honduras
HR|Croatie|Kroatien|Kroatië|Croatia
HT|Haïti|Haiti|Haïti|Haiti
HU|Hongrie|Ungarn|Hongarije|Hungary
ID|Indonésie|Indonesien|Indonesië|Indonesia
IE|Irlande|Irland|Ierland|Ireland
IL|Israël|Israel|Israël|Israel
IM|Île de Man|Insel Man|Man|Isle of Man
IN|Inde|Indien|India|India
IQ|Irak|Irak|Irak|Iraq
IR|Iran|Iran|Iran|Iran
IS|Islande|Island|IJsland|Iceland
IT|Italie|Italien|Italië|Italy
JE|Jersey|Jersey|Jersey|Jersey
JM|Jamaïque|Jamaika|Jamaica|Jamaica
JO|Jordanie|Jordanien|Jordanië|Jordan
JP|Japon|Japan|Japan|Japan
KE|Kenya|Kenia|Kenia|Kenya
KG|Kirghizstan|Kirgistan|Kirgizië|Kyrgyzstan
KH|Cambodge|Kambodscha|Cambodja|Cambodia
KI|Kiribati|Kiribati|Kiribati|Kiribati
KM|Comores|Komoren|Comoren|Comoros
KN|Saint-Christophe-et-Niévès|Saint Kitts und Nevis|Saint Kitts en Nevis|Saint Kitts and Nevis
KP|Corée du Nord|Nordkorea|Noord-Korea|North Korea
KR|Corée du Sud|Südkorea|Zuid-Korea|South Korea
KW|Koweït|Kuwait|Koeweit|Kuwait
KY|Îles Caïmans|Kaiman-Inseln|Caymaneilanden|Cayman Islands
KZ|Kazakhstan|Kasachstan|Kazachstan|Kazakhstan
LA|Laos|Laos|Laos|Laos
LB|Liban|Libanon|Libanon|Lebanon
LC|Sainte-Lucie|St. Lucia|Saint Lucia|Saint Lucia
LI|Liechtenstein|Liechtenstein|Liechtenstein|Liechtenstein
LK|Sri Lanka|Sri Lanka|Sri Lanka|Sri Lanka
LR|Liberia|Liberia|Liberia|Liberia
LS|Lesotho|Lesotho|Lesotho|Lesotho
LT|Lituanie|Litauen|Litouwen|Lithuania
LU|Luxembourg|Luxemburg|Luxemburg|Luxembourg
LV|Lettonie|Lettland|Letland|Latvia
LY|Libye|Libyen|Libië|Libya
MA|Maroc|Marokko|Marokko|Morocco
MC|Monaco|Monaco|Monaco|Monaco
MD|Moldavie|Moldau|Moldavië|Moldova
ME|Monténégro|Montenegro|Montenegro|Montenegro
MF|Saint-Martin|St. Martin|Saint Martin|Saint Martin
MG|Madagascar|Madagaskar|Madagaskar|Madagascar
MH|Îles Marshall|Marshall-Inseln|Marshalleilanden|Marshall Islands
MK|Macédoine du Nord|Nordmazedonien|Noord-Macedonië|North Macedonia
ML|Mali|Mali|Mali|Mali
MM|Myanmar|Myanmar|Myanmar|Myanmar
MN|Mongolie|Mongolei|Mongolië|Mongolia
MO|Macao|Macao|Macau|Macao
MP|Îles Mariannes du Nord|Nördliche Mariannen-Inseln|Noordelijke Marianeneilanden|Northern Mariana Islands
MQ|Martinique|Martinique|Martinique|Martinique
MR|Mauritanie|Mauretanien|Mauritanië|Mauritania
MS|Montserrat|Montserrat|Montserrat|Montserrat
MT|Malte|Malta|Malta|Malta
MU|Maurice|Mauritius|Mauritius|Mauritius
MV|Maldives|Maldiven|Maldiven|Maldives
MW|Malawi|Malawi|Malawi|Malawi
MX|Mexique|Mexiko|Mexico|Mexico
MY|Malaisie|Malaysia|Maleisië|Malaysia
MZ|Mozambique|Mosambik|Mozambique|Mozambique
NA|Namibie|Namibia|Namibië|Namibia
NC|Nouvelle-Calédonie|Neukaledonien|Nieuw-Caledonië|New Caledonia
NE|Niger|Niger|Niger|Niger
NF|Île Norfolk|Norfolk-Insel|Norfolkeiland|Norfolk Island
NG|Nigéria|Nigeria|Nigeria|Nigeria
NI|Nicaragua|Nicaragua|Nicaragua|Nicaragua
NL|Pays-Bas|Niederlande|Nederland|Netherlands
NO|Norvège|Norwegen|Noorwegen|Norway
NP|Népal|Nepal|Nepal|Nepal
NR|Nauru|Nauru|Nauru|Nauru
NU|Niue|Niue|Niue|Niue
NZ|Nouvelle-Zélande|Neuseeland|Nieuw-Zeeland|New Zealand
OM|Oman|Oman|Oman|Oman
PA|Panama|Panama|Panama|Panama
PE|Pérou|Peru|Peru|Peru
PF|Polynésie française|Französisch-Polynesien|Frans-Polynesië|French Polynesia
PG|Papouasie-Nouvelle-Guinée|Papua-Neuguinea|Papoea-Nieuw-Guinea|Papua New Guinea
PH|Philippines|Philippinen|Filipijnen|Philippines
PK|Pakistan|Pakistan|Pakistan|Pakistan
PL|Pologne|Polen|Polen|Poland
PM|Saint-Pierre-et-Miquelon|St. Pierre und Miquelon|Saint Pierre en Miquelon|Saint Pierre and Miquelon
PN|Pitcairn|Pitcairn|Pitcairn|Pitcairn
PR|Porto Rico|Puerto Rico|Puerto Rico|Puerto Rico
PS|Palestine|Palästina|Palestijns Gebied|Palestine
PT|Portugal|Portugal|Portugal|Portugal
PW|Palaos|Palau|Palau|Palau
PY|Paraguay|Paraguay|Paraguay|Paraguay
QA|Qatar|Katar|Qatar|Qatar
RE|La Réunion|Reunion|Réunion|Reunion
RO|Roumanie|Rumänien|Roemenië|Romania
RS|Serbie|Serbien|Servië|Serbia
RU|Russie|Russland|Rusland|Russia
RW|Rwanda|Ruanda|Rwanda|Rwanda
SA|Arabie saoudite|Saudi-Arabien|Saoedi-Arabië|Saudi Arabia
SB|Îles Salomon|Solomon-Inseln|Salomonseilanden|Solomon Islands
SC|Seychelles|Seychellen|Seychellen|Seychelles
SD|Soudan|Sudan|Soedan|Sudan
SE|Suède|Schweden|Zweden|Sweden
SG|Singapour|Singapur|Singapore|Singapore
SH|Sainte-Hélène|St. Helena|Sint-Helena|Saint Helena
SI|Slovénie|Slowenien|Slovenië|Slovenia
SJ|Svalbard et Jan Mayen|Svalbard und Jan Mayen|Svalbard en Jan Mayen|Svalbard and Jan Mayen
SK|Slovaquie|Slowakei|Slowakije|Slovakia
SL|Sierra Leone|Sierra Leone|Sierra Leone|Sierra Leone
SM|Saint-Marin|San Marino|San Marino|San Marino
SN|Sénégal|Senegal|Senegal|Senegal
SO|Somalie|Somalia|Somalië|Somalia
SR|Suriname|Suriname|Suriname|Suriname
SS|Soudan du Sud|Südsudan|Zuid-Soedan|South Sudan
ST|Sao Tomé-et-Principe|Sao Tome und Principe|Sao Tomé en Principe|Sao Tome and Principe
SV|El Salvador|El Salvador|El Salvador|El Salvador
SX|Saint-Martin (partie néerlandaise)|Sint Maarten (Niederländischer Teil)|Sint Maarten (Dutch part)|Sint Maarten (Dutch part)
SY|Syrie|Syrien|Syrië|Syria
SZ|Eswatini|Eswatini|Eswatini|Eswatini
TC|Îles Turks et Caicos|Turks- und Caicos-Inseln|Turks- en Caicoseilanden|Turks and Caicos Islands
TD|Tchad|Tschad|Tsjaad|Chad
TG|Togo|Togo|Togo|Togo
TH|Thaïlande|Thailand|Thailand|Thailand
TJ|Tadjikistan|Tadschikistan|Tadzjikistan|Tajikistan
TK|Tokelau|Tokelau|Tokelau|Tokelau
TL|Timor oriental|Osttimor|Oost-Timor|Timor-Leste
TM|Turkménistan|Turkmenistan|Turkmenistan|Turkmenistan
TN|Tunisie|Tunesien|Tunesië|Tunisia
TO|Tonga|Tonga|Tonga|Tonga
TR|Turquie|Türkei|Turkije|Turkey
TT|Trinité-et-Tobago|Trinidad und Tobago|Trinidad en Tobago|Trinidad and Tobago
TV|Tuvalu|Tuvalu|Tuvalu|Tuvalu
TW|Taiwan|Taiwan|Taiwan|Taiwan
TZ|Tanzanie|Tansania|Tanzania|Tanzania
UA|Ukraine|Ukraine|Oekraïne|Ukraine
UG|Ouganda|Uganda|Oeganda|Uganda
US|États-Unis|Vereinigte Staaten|Verenigde Staten|United States
UY|Uruguay|Uruguay|Uruguay|Uruguay
UZ|Ouzbékistan|Usbekistan|Oezbekistan|Uzbekistan
VA|Vatican|Vatikanstadt|Vaticaanstad|Vatican
VC|Saint-Vincent-et-les Grenadines|St. Vincent und die Grenadinen|Saint Vincent en de Grenadines|Saint Vincent and The Grenadines
VE|Venezuela|Venezuela|Venezuela|Venezuela
VG|Îles Vierges britanniques|Britische Jungferninseln|Britse Maagdeneilanden|British Virgin Islands
VI|Îles Vierges américaines|Amerikanische Jungferninseln|Amerikaanse Maagdeneilanden|U.S. Virgin Islands
VN|Viêt Nam|Vietnam|Vietnam|Vietnam
VU|Vanuatu|Vanuatu|Vanuatu|Vanuatu
WF|Wallis-et-Futuna|Wallis und Futuna|Wallis en Futuna|Wallis and Futuna
WS|Samoa|Samoa|Samoa|Samoa
XK|Kosovo|Kosovo|Kosovo|Kosovo
YE|Yémen|Jemen|Jemen|Yemen
YT|Mayotte|Mayotte|Mayotte|Mayotte
ZA|Afrique du Sud|Südafrika|Zuid-Afrika|South Africa
ZM|Zambie|Sambia|Zambia|Zambia
ZW|Zimbabwe|Simbabwe|Zimbabwe|Zimbabwe
"""
_LANGUAGES = ("fr", "de", "nl", "en")
COUNTRIES: dict[str, dict[str, str]] = {
    code: dict(zip(_LANGUAGES, names, strict=True))
    for code, *names in (line.split("|") for line in _NAMES.strip().splitlines())
}
