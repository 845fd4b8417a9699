"""The common shape of a refusal: a class named for it, the facts as attributes, a sentence for the person."""


class Refusal(Exception):
    """Từ chối: the act is not allowed; nothing was changed."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
