"""Words as people type them: folding, words that carry no subject, numerals. Pure: no database, no Django."""

import re
import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
LETTERS = re.compile(r"[^\W_]+")
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
UMLAUTS = re.compile(r"(?<![aeq])([aou])e")
LONGEST = 12  # words of a query that are looked at

# Words of asking: they say that something is wanted, not what. PostgreSQL's own lists of stop words come on top.
IDLE_FR = """
veux voudrais voudrait souhaite souhaiterais souhaitons aimerais desire peux peut pouvez puis dois doit faut
faire fais fait avoir obtenir recevoir demander demande demandes introduire besoin comment combien quand quel
quelle quels quelles quoi ou pourquoi est ce que qui si sais chercher cherche trouver trouve voir savoir bonjour
merci svp aide moi demarche demarches procedure formulaire ai suis je j mon ma mes notre nos votre vos
"""
IDLE_DE = """
mochte mochten will wollen kann konnen muss mussen brauche brauchen habe haben bekommen erhalten beantragen
antrag stellen wie was wann wo welche welcher welches warum wieviel viel ich wir mein meine meinen meiner unser
unsere bitte hallo danke suche suchen finde finden gibt es verfahren formular machen soll darf
"""
IDLE = {"fr": frozenset(IDLE_FR.split()), "de": frozenset(IDLE_DE.split())}


def fold(text: str) -> str:
    """«Où payer l'Œuvre ?» -> «ou payer l oeuvre»: lower case, no accents, letters and digits only."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(LIGATURES))
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
    """Other ways to write a folded word: a Roman numeral in digits; «Muell» for «Müll»."""
    others = [ROMAN[word]] if word in ROMAN else []
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
