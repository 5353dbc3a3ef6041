"""Nothing on a page is in another language than the page says: small words of the other languages give a forgotten text away."""

import re

from playwright.sync_api import Page

SMALL = {
    "fr": "le la les une est vous votre vos pour avec dans sur cette qui ne pas au aux du sont",
    "de": "der die das und ist Sie Ihre Ihr für mit auf nicht ein eine einer wird werden dem den von zu",
    "en": "the your you of and with this that for is are not from which by",
}
NAMES = {
    "Rue de la Science",
    "Les Sentiers de Valmoulin",
    "Commune de Valmoulin",
    "CPAS de Valmoulin",
    "Rue de l'Hospice",
    "Rue du Moulin",
    "Rue du Pont",
    "Mon Espace",
}
TEXT = """() => {
  const page = document.documentElement.lang, said = [];
  const walk = document.createTreeWalker(document.querySelector('main') ?? document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const at = walk.currentNode.parentElement;
    if (at.closest('[lang]').lang === page && !at.closest('script, style, noscript')) said.push(walk.currentNode.nodeValue);
  }
  return said.join(' ');
}"""


def foreign_words(page: Page, language: str) -> list[str]:
    """Small words of other languages in the text of `main`, outside what says that it is in another language."""
    return foreign_words_of(page.evaluate(TEXT), language)


def foreign_words_of(text: str, language: str) -> list[str]:
    """Small words of other languages in a text."""
    for name in NAMES:
        text = text.replace(name, "")
    own = set(SMALL[language].split())
    return sorted({word for other in SMALL if other != language for word in found(SMALL[other], text)} - own)


def found(words: str, text: str) -> set[str]:
    """Which of these words stand in a text, as whole words."""
    return {word for word in words.split() if re.search(rf"(?<![\w'’-]){word}(?![\w'’-])", text)}
