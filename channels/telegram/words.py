"""What Carrel itself says to people at Telegram, for every module that has something to tell."""

from __future__ import annotations

from bot.domain.limits import in_megabytes

# Below or in place of what was pressed or said.
CHOSEN_ALREADY = "That was chosen already."
STALE = "That button is from an earlier version of me. Say in words what you want, or say help."
IN_PRIVATE = "I answer you in our private chat."
TALK_ALONE = "Talk to me alone"  # on the button that opens the private chat
ANONYMOUS = (
    "I cannot know who you are while you write in the name of a group or a channel. Write to me as "
    "yourself, or talk to me alone."
)
RICH = (
    "A message that is laid out like a page cannot be read here. Send its words as an ordinary "
    "message, or send it as a file."
)
CARD_SHORTENED = "This is shortened here. Carrel tells all of it in a private chat."

# Why a file of somebody's is not taken.
ASK_AGAIN = "It could not be fetched from Telegram, several times: send it again later."
BROKEN = "It arrived incomplete from Telegram, several times: send it again."
DELETED = "It is not at Telegram any more: send it again."
NO_FOLDER = (
    "It could not be fetched: Carrel does not find it in the folder of its Bot API server, which"
    " whoever runs Carrel must mend (carrel doctor tells how). Send it again after that."
)
NO_ID = "It cannot be found at Telegram: send it again."
PAID = "It is shown only to those who pay for it: send the file itself."

# Why a file is not given.
NOT_KEPT = "its bytes are not kept any more"
NOT_TAKEN = "Telegram did not take it"
TOO_LARGE_TO_GIVE = "it is larger than Telegram takes from a bot"


def begin_first(username: str) -> str:
    """To whoever pressed a button in a group and cannot be written to; at most 200 characters."""
    return (
        f"I cannot answer you yet: a bot may not write first. Open t.me/{username}, press Start,"
        " and press this again."
    )


def album(username: str) -> str:
    """Below that part of an album in a group which calls Carrel."""
    return (
        "Of what is sent together in a group I see only the part whose own words call me. Send all"
        f" of it together in our private chat: https://t.me/{username}"
    )


def chosen(label: str) -> str:
    """What stands in the place of choices once one was picked."""
    return f"Chosen: {label}"


def unusable(what: str) -> str:
    """Below something that is neither words nor a file; `what` is such as `A sticker`."""
    return f"{what} is nothing I can work with. Say in words what you want, or send a file."


def too_large(largest: int, elsewhere: str = "") -> str:
    """Why a file of more than `largest` bytes is not taken; `elsewhere` is such as `on Slack`."""
    instead = "send a smaller copy or parts of it"
    instead += f", or send it {elsewhere}" if elsewhere else ""
    return f"It is larger than the {in_megabytes(largest)} that I can take here: {instead}."


def not_given(name: str, why: str) -> str:
    """What stands in the place of a file; `why` is the middle of a sentence."""
    return (
        f"I could not give you the file {name} here: {why}. Ask me for it again later, or on"
        " another channel."
    )


# What Telegram shows of Carrel before anything is said: at most 120 and 512 characters.
IN_SHORT = "Your desk on the way to a certification: questions, evidence, and how far you are."
DESCRIPTION = (
    "I answer questions about your certification, and show where each answer stands. Send me"
    " evidence, and I file it where it belongs. I tell how far you are, what is missing, and by"
    " when.\n\nPress Start. You can ask at once; I explain then how this chat is connected with"
    " your own record."
)


def set_aside(count: int) -> str:
    """How the channel is doing once something could not be kept; nothing of none."""
    if not count:
        return ""
    return (
        f"Carrel could not keep {count} of the things that people said, and goes on without them."
        " They lie in the folder set-aside below CARREL_DATA: read them, answer whoever wrote, and"
        " delete them. The log names the errors, which whoever makes Carrel has to mend."
    )


# Why nothing is heard by a webhook.
WEBHOOK_TAKEN = (
    "Another process took the webhook away, and Carrel has set it again: one token can be served"
    " by one Carrel only, so stop the other one."
)
WEBHOOK_REFUSED = (
    "Telegram does not take the webhook: see whether CARREL_PUBLIC_URL is an https address that"
    " the world reaches, and CARREL_TELEGRAM_WEBHOOK_SECRET has only letters, digits, _ and -."
)


def webhook_unreached(why: str) -> str:
    """When Telegram tells that it could not hand over what people say; `why` are its own words."""
    return (
        "Telegram could not hand over what people say, and tries again: see whether"
        f" CARREL_PUBLIC_URL is reached from outside ({why})."
    )


def greeting(chat: int) -> str:
    """What Carrel says in a group that it was put into; `chat` is the id of the group."""
    return (
        "I am here now. In this group I hear only what is said to me: mention me, reply to me, or"
        " use a command. What is yours alone I tell you in our private chat.\n\nFor whoever runs"
        f" me: the id of this group is {chat}. Staff's cards come here once"
        f" CARREL_TELEGRAM_STAFF_CHAT={chat} is set."
    )
