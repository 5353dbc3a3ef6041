"""Words as people type them: folding, words that carry no subject, numerals. Pure: no database, no Django."""

import re
import unicodedata
from collections.abc import Container
from itertools import pairwise

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
LETTERS = re.compile(r"[^\W_]+")
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
UMLAUTS = re.compile(r"(?<![aeq])([aou])e")
NUMBERS = {
    "fr": {"un": "1", "deux": "2", "trois": "3", "quatre": "4", "cinq": "5", "premier": "1", "premiere": "1"},
    "de": {"eins": "1", "zwei": "2", "drei": "3", "vier": "4", "funf": "5", "erste": "1", "erster": "1"},
}
BORN = re.compile(r"\bné(?=s?\b)", re.IGNORECASE)  # without its accent it would be the «ne» of a negation
ELIDED = re.compile(r"^(?:qu|[cdjlmnst])(?=[aeiouyh])")  # «lecole», «dallocation»: the apostrophe was left out
LONGEST = 12  # words of a query that are looked at
SHORTEST_ROOT, SHORTEST_PART = 4, 4
SHORT = """auto bad bau boot dach eis fuss gas hof hut iban kfz lkw ofen pkw rad see tor tur weg zug ol"""
SHORT_PARTS = frozenset(SHORT.split())
# Endings that make nouns of verbs and verbs of nouns, longest first; French ones after `exact` took the last e and s.
ENDINGS_FR = """
issement ionnement ionner isation ication atrice ateur atric uction ation ition ction ement ment ence ance iser euse uir
uer eur eus ier ion enc anc ent ant age iss tr ag er ir ur if iv u
"""
ENDINGS_DE = """
ifizierung ifizieren ierungen ationen ierung ierern ierer ieren ation ungen innen igung isch lich keit heit iert igen erin
ung ion en er
"""
ENDINGS = {"fr": ENDINGS_FR.split(), "de": ENDINGS_DE.split()}

# Words of asking: they say that something is wanted, not what. PostgreSQL's own lists of stop words come on top.
IDLE_FR = """
veux voudrais voudrait souhaite souhaiterais souhaitons aimerais desire peux peut pouvez puis dois doit faut
faire fais fait avoir obtenir recevoir demander demande demandes introduire besoin comment combien quand quel
quelle quels quelles quoi ou pourquoi est ce que qui si sais chercher cherche trouver trouve voir savoir bonjour
merci svp aide moi demarche demarches procedure formulaire ai suis je j mon ma mes notre nos votre vos
cela ca cette ces cet il elle on nous vous leur leurs lui y eu ete etre sera fait faites fera doivent pourrait dois
devoir vouloir pouvoir veut voulons veulent aupres quoi laquelle lequel quelque quelques chez aussi tres trop
plus moins deja encore apres avant depuis pendant alors donc car comme parce info infos information informations
renseignement renseignements adresser remplir document documents papier papiers dossier introduction obtention demandes
wallonie wallon wallonne belgique region officiel officielle combien coute cout prix tarif delai viens
vient venons viennent vais va allons aller possible droit existe comment savez aurais aurait pourrais puisse auriez
"""
IDLE_DE = """
mochte mochten will wollen kann konnen muss mussen brauche brauchen habe haben bekommen erhalten beantragen
antrag stellen wie was wann wo welche welcher welches warum wieviel viel ich wir mein meine meinen meiner unser
unsere bitte hallo danke suche suchen finde finden gibt es verfahren formular machen soll darf
man er sie uns mir mich dir wir ihr ihre sein seine dies diese dieser dieses das der die den dem des ein eine einen einem
einer und oder auch noch schon sehr mehr weniger nach vor seit wahrend dann also weil wenn ob dass ist sind war wird werden
wurde info infos information auskunft unterlagen dokument dokumente papier papiere kostet kosten preis frist dauert wallonie
wallonisch wallonische belgien region offiziell offizielle wohin woher wer wem welchem gern gerne mal hin her da
jetzt etwas jemand beim zum zur wegen damit sich hab habt kriege kriegen bekomme bekommt guten tag geht gehen mochten darf
durfen konnte konnten sollte sollten wurden hatte gerade wirklich eigentlich
"""
IDLE = {"fr": frozenset(IDLE_FR.split()), "de": frozenset(IDLE_DE.split())}


def fold(text: str) -> str:
    """«Où payer l'Œuvre ?» -> «ou payer l oeuvre»: lower case, no accents, letters and digits only."""
    plain = unicodedata.normalize(
        "NFKD", BORN.sub("née", unicodedata.normalize("NFC", text)).lower().translate(LIGATURES)
    )
    return " ".join(LETTERS.findall("".join(mark for mark in plain if not unicodedata.combining(mark))))


def written(text: str) -> list[str]:
    """The words of a text as written, with their accents and capitals."""
    return LETTERS.findall(unicodedata.normalize("NFC", text))


def subject(text: str, language: str) -> list[str]:
    """The folded words of a query that say what is looked for; all of them when none does."""
    found = list(dict.fromkeys(fold(text).split()))[:LONGEST]
    return [word for word in found if word not in IDLE[language] and not _slight(word)] or found


def _slight(word: str) -> bool:
    """An article or a preposition of either language: one or two letters that are no numeral."""
    return len(word) <= 2 and word.isalpha() and word not in ROMAN


def variants(word: str, language: str) -> list[str]:
    """Other ways to write a folded word: a number in digits; «Muell» for «Müll»."""
    others = [numbers[word] for numbers in (ROMAN, NUMBERS[language]) if word in numbers]
    if language == "de" and (plain := UMLAUTS.sub(r"\1", word)) != word:
        others.append(plain)
    return [word, *others]


def exact(word: str) -> str:
    """A folded French word without the mark of its plural or its feminine: «fenetres» -> «fenetr», «animaux» -> «animal».

    A stem goes further, and makes one of «châssis» and «chasse», or of «taxis» and «taxes»: this does not.
    """
    if len(word) <= 3:
        return word
    singular = word[:-3] + "al" if word.endswith("aux") and not word.endswith("eaux") else word.rstrip("sx")
    return singular.rstrip("e") or singular


def swapped(word: str) -> list[str]:
    """The word with two neighbours exchanged, each pair in turn: the slip of the finger that letters in common miss."""
    pairs = range(len(word) - 1) if len(word) >= 5 else ()
    return [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in pairs if word[at] != word[at + 1]]


def root(word: str, language: str) -> str:
    """What a verb and its nouns have in common: «élaguer», «élagage» -> «elag»; «Förderung», «fördern» -> «ford».

    It says more than a stem, and less surely; a word too short to lose its ending keeps it.
    """
    word = exact(word) if language == "fr" else word
    fitting = (len(ending) for ending in ENDINGS[language] if word.endswith(ending))
    left = word[: len(word) - next((size for size in fitting if len(word) - size >= SHORTEST_ROOT), 0)]
    return left[:-1] if left[-2:-1] == left[-1:] else left


def slips(word: str, language: str) -> list[str]:
    """Words that may have been meant: two neighbours exchanged; in French the word behind an apostrophe left out."""
    behind = ELIDED.sub("", word) if language == "fr" and len(word) >= 6 else word
    return [*swapped(word), *([behind] if behind != word else [])]


def joined(words: list[str]) -> list[tuple[int, str]]:
    """Two neighbours written as one, each with the place of the first: «air bnb» -> «airbnb», «e bike» -> «ebike»."""
    return [(at, one + two) for at, (one, two) in enumerate(pairwise(words)) if len(one + two) >= 4]


def pieces(word: str) -> set[str]:
    """Every stretch of a German word that may be one of its parts; none of a short word."""
    if len(word) < 2 * SHORTEST_PART - 1:
        return set()
    cuts = range(len(word) + 1)
    return {word[a:b] for a in cuts for b in cuts if b - a < len(word) and _part(word[a:b])}


def _part(piece: str) -> bool:
    return len(piece) >= SHORTEST_PART or piece in SHORT_PARTS


def split(word: str, known: Container[str]) -> list[str]:
    """The parts of a German compound, all of them known: «hochwasserschaden» -> [«hochwasser», «schaden»]; [] when it is none.

    The fewest parts win, then the longest last one: it says what the thing is. A joint (s, es, n, en, er, e) may stand
    between two parts.
    """
    best: dict[int, list[str]] = {len(word): []}  # from each place on: the parts
    for start in range(len(word) - 1, -1, -1):
        ends = [end for end in range(start + 2, len(word) + 1) if end in best and end - start < len(word)]
        options = [[_known(word[start:end], end == len(word), known), *best[end]] for end in ends]
        options = [option for option in options if option[0]]
        if options:
            best[start] = min(options, key=lambda option: (len(option), -len(option[-1])))
    return best.get(0, [])


def _known(piece: str, last: bool, known: Container[str]) -> str:
    """The part that this stretch is, without its joint; "" when it is none."""
    joints = ("",) if last else ("", "s", "es", "n", "en", "er", "e")
    stems = (piece.removesuffix(joint) for joint in joints if piece.endswith(joint))
    return next((stem for stem in stems if _part(stem) and stem in known), "")
