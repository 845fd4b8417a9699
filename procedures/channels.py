"""How a file comes in and a result goes out. Pure; the words for people are in wording.py."""

from enum import IntEnum


class Channel(IntEnum):
    """Hình thức nộp; the numbers are the national codes of the channel (danh mục hình thức nộp hồ sơ)."""

    DIRECT = 1
    ONLINE = 2
    POST = 3


# As the files of procedures name them.
BY_NAME = {"direct": Channel.DIRECT, "online": Channel.ONLINE, "post": Channel.POST}
