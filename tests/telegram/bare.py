"""Bots of aiogram's own, with nothing of Carrel's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message

from tests.telegram.server import TelegramServer


def made(telegram: TelegramServer, token: str = "") -> Bot:
    """A bot; whoever has it closes its session."""
    api = TelegramAPIServer.from_base(telegram.api_url)
    return Bot(token or telegram.token, session=AiohttpSession(api=api))


def keyboard(*data: str) -> InlineKeyboardMarkup:
    """A row for each button, which is named after what it brings back."""
    row = [InlineKeyboardButton(text=f"Button {one[:3]}", callback_data=one) for one in data]
    return InlineKeyboardMarkup(inline_keyboard=[[one] for one in row])


@asynccontextmanager
async def echo(
    telegram: TelegramServer, *, answer: Callable[[str], str] = str
) -> AsyncIterator[Dispatcher]:
    """The smallest bot that aiogram allows: polls, and says back what it is told."""
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def say_back(message: Message) -> None:
        await message.answer(answer(message.text or ""))

    polling = asyncio.create_task(dispatcher.start_polling(made(telegram), handle_signals=False))
    await telegram.until(lambda: telegram.polling)
    try:
        yield dispatcher
    finally:
        await dispatcher.stop_polling()
        await polling
