#!/usr/bin/python3
"""A mail server for tests and development on Debian's python3-aiosmtpd.

    smtp.py FOLDER [--port 2525] [what it is to do wrong]

It listens on loopback, prints "ready PORT", and ends when its standard input does. Into FOLDER it puts for the n-th mail
that it took n.eml (the bytes as they came, without the dots of SMTP) and then n.json (the envelope), and into "events" a
line for each connection, TLS and command word. "input" holds all that clients sent, after decryption.
"""
import argparse
import asyncio
import json
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, syntax

MAIL_TAKEN = "250 Message taken"


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--port", type=int, default=0, help="default: one that the operating system chooses")
    parser.add_argument("--refuse-every", type=int, metavar="N", help="answer every n-th mail with 451")
    parser.add_argument("--refuse-nobody", action="store_true", help="answer 550 5.1.1 to recipients that start with nobody")
    parser.add_argument("--answer-recipients", metavar="TEXT", help="answer this to every recipient, as '550 5.7.1 No relaying'")
    parser.add_argument("--answer-mails", metavar="TEXT", help="answer this to every mail, as '554 5.6.0 Not like this'")
    parser.add_argument("--certificate", metavar="FILE", help="offer STARTTLS with this certificate and key (PEM)")
    parser.add_argument("--tls", action="store_true", help="speak TLS from the first byte instead")
    parser.add_argument("--user", metavar="NAME:PASSWORD", help="take mail only from who signs in")
    parser.add_argument("--sign-in-without-tls", action="store_true", help="offer signing in without TLS too")
    parser.add_argument("--smtputf8", action="store_true", help="offer SMTPUTF8")
    parser.add_argument("--drop-after-mail", action="store_true", help="close the connection after each mail")
    parser.add_argument("--drop-in-mail", type=int, metavar="N", help="close the connection when the n-th mail has arrived, without an answer")
    return parser.parse_args()


class Server(SMTP):
    """aiosmtpd's protocol, which also writes down what it hears."""

    def __init__(self, log, options, *args, **settings):
        super().__init__(*args, **settings)
        self.log = log
        self.options = options

    def connection_made(self, transport):
        self.log.event("connection" if self._original_transport is None else "TLS")
        super().connection_made(transport)

    def data_received(self, data):
        self.log.input.write(data)
        self.log.input.flush()
        super().data_received(data)

    async def push(self, status):
        await super().push(status)
        if self.options.drop_after_mail and status == MAIL_TAKEN:
            self.transport.close()

    @syntax("MAIL FROM: <address>")
    async def smtp_MAIL(self, arg):
        self.log.event("MAIL")
        await super().smtp_MAIL(arg)

    @syntax("DATA")
    async def smtp_DATA(self, arg):
        self.log.event("DATA")
        await super().smtp_DATA(arg)

    @syntax("QUIT")
    async def smtp_QUIT(self, arg):
        self.log.event("QUIT")
        await super().smtp_QUIT(arg)


class Log:
    def __init__(self, folder):
        os.makedirs(folder, exist_ok=True)
        self.folder = folder
        self.events = open(os.path.join(folder, "events"), "w")
        self.input = open(os.path.join(folder, "input"), "wb")

    def event(self, text):
        self.events.write(text + "\n")
        self.events.flush()

    def mail(self, number, content, envelope):
        with open(os.path.join(self.folder, f"{number}.eml"), "wb") as file:
            file.write(content)
        unfinished = os.path.join(self.folder, f"{number}.unfinished")
        with open(unfinished, "w") as file:
            json.dump(envelope, file)
        os.rename(unfinished, os.path.join(self.folder, f"{number}.json"))


class Handler:
    def __init__(self, options, log):
        self.options = options
        self.log = log
        self.seen = 0
        self.taken = 0

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if self.options.answer_recipients:
            return self.options.answer_recipients
        if self.options.refuse_nobody and address.lower().startswith("nobody"):
            return f"550 5.1.1 <{address}>: there is nobody of this name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.seen += 1
        if self.options.drop_in_mail == self.seen:
            server.transport.abort()
            return "451 Gone"
        if self.options.answer_mails:
            return self.options.answer_mails
        if self.options.refuse_every and self.seen % self.options.refuse_every == 0:
            return "451 4.3.0 Try again later"
        self.taken += 1
        self.log.mail(
            self.taken,
            envelope.original_content,
            {"from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": session.ssl is not None or self.options.tls, "utf8": bool(envelope.smtp_utf8)},
        )
        return MAIL_TAKEN


async def main():
    options = arguments()
    log = Log(options.folder)
    handler = Handler(options, log)
    tls = None
    if options.certificate:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(options.certificate)

    def sign_in(server, session, envelope, mechanism, data):
        wanted = options.user.split(":", 1)
        given = [getattr(data, "login", b"").decode(), getattr(data, "password", b"").decode()]
        return AuthResult(success=given == wanted, handled=False)

    def protocol():
        return Server(
            log,
            options,
            handler,
            hostname="localhost",
            enable_SMTPUTF8=options.smtputf8,
            tls_context=None if options.tls else tls,
            authenticator=sign_in if options.user else None,
            auth_required=bool(options.user),
            auth_require_tls=not (options.sign_in_without_tls or options.tls),
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(protocol, "127.0.0.1", options.port, ssl=tls if options.tls else None)
    print("ready", server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.buffer.read)
    # Clients that still hold a connection do not keep the process.
    os._exit(0)


asyncio.run(main())
