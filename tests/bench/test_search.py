"""The measure of the search counts places right, and its copies have subjects of their own."""

from bench.search import Noise, Query, figures, read_sets


def test_a_hit_counts_where_it_stands():
    answers = {"a": ["x", "y"], "b": ["z", "z", "z", "z", "y"], "c": [], "d": ["z", "z", "z", "z", "z", "y"]}
    queries = [Query(words, "fr", frozenset({"x", "y"})) for words in answers]
    found = figures(queries, lambda words, _: answers[words], rounds=1)
    assert (found.queries, found.hit_1, found.hit_5) == (4, 0.25, 0.5)


def test_a_set_is_read_by_language_without_its_heading(tmp_path):
    path = tmp_path / "mine.tsv"
    path.write_text("# who wrote it\nlanguage\tquery\taccepted\tkind\nfr\tmon bébé\ta,b\tx\nde\tBaby\ta\tx\n")
    sets = read_sets([path])
    assert {name: [query.words for query in queries] for name, queries in sets.items()} == {
        "mine fr": ["mon bébé"],
        "mine de": ["Baby"],
    }
    assert sets["mine fr"][0].accepted == {"a", "b"}


def test_a_copy_keeps_common_words_only_and_is_the_same_each_time():
    text = {"fr": ["une prime pour la piscine"]}
    once, again = (Noise("seed", {"prime", "pour"}).all_of(text) for _ in range(2))
    words = once["fr"][0].split()
    assert once == again
    assert words[:4] == ["une", "prime", "pour", "la"]
    assert words[4] != "piscine"
    assert len(words[4]) == 7
