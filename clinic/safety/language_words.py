"""Common words by which a language is told from English, Russian and Uzbek, without accents as people type them.

Left out is every word that is one of English, Uzbek or Russian in Latin letters as well: the lists are for being sure,
not for being complete. `KNOWN` are common words of the languages that are read.
"""

from typing import Final

_OTHER: Final = {
    "de": "ich nicht und ist mich mein meine meinem habe hab auch aber wenn heute nacht sehr sich noch nur wie "
    "alles oder wir das der dem ein eine einen kann mehr leben sterben sie keine kein immer jetzt morgen "
    "umbringen mochte",
    "es": "que quiero estoy muy pero para por una los las nada morir morirme vivir vida siento noche hoy tengo "
    "soy porque puedo hace como cuando mas mucho matarme esto ella ellos manana nadie seguir conmigo esta",
    "fr": "je suis pas veux mourir vie mais avec pour dans les des une est et tout moi cette nuit rien tres qui "
    "que sur nous vous elle ils peux envie vivre tuer depuis quand parce aussi jamais toujours",
    "pt": "nao quero eu estou muito uma que morrer minha meu mais mas voce tudo nada viver vida hoje noite "
    "tenho porque isso ele ela para quando sinto sou agora ninguem",
    "it": "voglio morire sono che una della il molto perche questo vita niente anche vivere ho piu sempre tutto "
    "io lui lei stanotte oggi mia quando nessuno gli nel uccidermi",
    "nl": "ik niet het een mijn maar heb wil dood zijn meer leven ook voor vannacht alles niemand nog naar geen "
    "mij hij wordt mezelf omdat",
    "pl": "nie chce jest sie zyc umrzec mnie jestem juz bardzo moje zycie dzis wszystko nikt tego tylko jak "
    "przez siebie zabic nikogo dlatego",
    "cs": "jsem nechci zit umrit neni protoze jsou jako chci kdyz vsechno nechcem zomriet preto zivot uz nikdo",
    "hr": "zelim zivjeti umrijeti nije vise jer danas nocas jesam nitko ziveti umreti htio htela",
    "ro": "vreau mor mai este sunt pentru viata foarte nimic acum imi eu traiesc azi noapte mea sa nimeni omor",
    "tr": "istiyorum olmek degil icin cok daha gibi yasamak istemiyorum kendimi artik benim beni gece sey "
    "hicbir kimse ediyorum yapiyorum oldurmek neden nasil simdi hicbirsey bana",
    "az": "istemirem isteyirem deyil ucun menim cox olmek yasamaq heyat ozumu oldurmek hec",
    "sv": "jag inte vill och att det mig livet aldrig mycket leva ingen ikke jeg vil meg leve ikkje noget nogen",
    "fi": "mina halua olen mutta minun kuolla elaa haluan tappaa itseni koska niin kun enaa kaikki elamani",
    "hu": "nem akarok vagyok hogy egy mar csak meghalni elni magam nagyon minden nincs mert megolni senki",
    "id": "saya ingin mati tidak aku mau hidup yang untuk bunuh diri sudah ini itu lagi dengan bisa malam orang",
    "vi": "toi muon chet khong cua nguoi duoc minh cuoc nua toi",
    "sq": "nuk eshte shume dua vdes jetoj une kam jeten askush",
    "so": "waxaan rabaa inaan dhinto iyo nolosha maanta caawa doonayaa dhimo",
    "sw": "nataka kufa sitaki kuishi mimi sana leo yangu kwa usiku siwezi maisha tena mtu",
    "tl": "ako kong mamatay ang ayoko ngayon buhay yung mabuhay pagod",
    "ku": "ez naxwazim dixwazim bijim bimirim jiyana edi xwe",
    "uk": "життя жити вмерти померти мене більше сьогодні це що дуже вже вона він немає або тільки мені вбити "
    "хочеться",
    "bg": "искам съм това повече няма живея аз че ще нощ себе умра днес",
    "kk": "өмір сүргім келмейді өлгім және емес үшін өзімді бүгін менің қалай ешкім жасағым өлтіргім",
    "ky": "жашагым келбейт өлгүм келет жана эмес үчүн болду мага өзүмдү бүгүн",
    "tg": "намехоҳам мехоҳам зиндагӣ барои нест имшаб худро бимирам дигар ҳаёт",
}

_KNOWN: Final = (
    "the and to of a it that my you with not have this but are be do don about feel want when me i they she "
    "her his is was for at on from what how just because been had can were if or as he we said them then there "
    "all up out no am dont im cant its get got go know like now think would will day time him your more some "
    "after men meni menga mening bilan uchun va bu har hech bor yoq keyin bugun ham emas lekin kerak shu juda "
    "deb edi yana bir ona ota oldin kecha endi nima qanday hozir mumkin ekan yaxshi yomon мен мени менга билан "
    "учун ва бу ҳар ҳеч бор йўқ кейин бугун ҳам эмас лекин керак шу жуда деб эди яна ўзимни я не меня и в мне "
    "на хочу с у о за чтобы больше могу из уже нет бы от он по как когда после сейчас все всё это но для так "
    "то она только его мы со если просто был была было очень мой моя что ya ne menya mne na hochu chto bolshe "
    "mogu net kak eto vse tak tolko dlya ochen byl byla moy moya zhit "
)

_SHARED: Final = {
    "fr": "ne me on a",
    "de": "will was so man",
    "es": "no me a he",
    "pt": "me no a",
    "it": "me a no",
    "nl": "me was of",
    "pl": "a to i po",
    "tr": "ne bu ve bir",
    "uk": "я не на в у о за все хочу було так но",
    "bg": "не на в за от по но как да",
    "kk": "мен бір деб",
    "ky": "мен бир деп",
    "tg": "ва ман на аз ба ки",
    "sq": "me a do",
    "tl": "na no at",
    "sw": "na",
    "az": "men bu ve",
}

OTHER: Final[dict[str, frozenset[str]]] = {code: frozenset(words.split()) for code, words in _OTHER.items()}
SHARED: Final[dict[str, frozenset[str]]] = {code: frozenset(words.split()) for code, words in _SHARED.items()}
"""Words of a language that is read which another language has too: they speak for neither."""

KNOWN: Final = frozenset(_KNOWN.split())
