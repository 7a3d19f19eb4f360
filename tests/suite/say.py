"""A line for each check, and the count of them at the end."""

counts = {True: 0, False: 0}


def say(ok, what, why=""):
    counts[bool(ok)] += 1
    print(f"  {'ok  ' if ok else 'FAIL'} {what}" + (f": {why}" if why and not ok else ""), flush=True)


def counted():
    """The last line, and the exit status."""
    print(f"{counts[True]} passed, {counts[False]} failed")
    return 1 if counts[False] else 0
