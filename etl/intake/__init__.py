"""New filings on their way in: put down, understood in a process of its own, settled by a person, accepted or withdrawn.

Nothing counts before a person has accepted it, and nothing that was accepted is ever deleted.
"""

import errno


class Refused(Exception):
    """What could not be done; the message is one Chinese sentence for people. Nothing has been changed."""


def unkept(error: OSError) -> str:
    """Why the disk does not take something and what to do about it, as the beginning of a sentence."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "磁盘已满，请腾出空间"
    return f"文件夹不能写入（{error.strerror}），请检查权限"
