"""What our server found counts below its own arrival only where it is known to stand there."""

from __future__ import annotations

from tests.proving import MAIL, proof
from tests.unit.test_mail_proof_results import (
    CAME,
    DIRECT,
    HANDED,
    MX,
    SHAPES,
    above,
    below,
    results,
)


def test_findings_below_the_arrival_count_for_a_server_that_is_known_to_put_them_there() -> None:
    place = f"{MX} below"
    forged = CAME + "Received: from a by b\r\n" + results(f"{MX}; {DIRECT}")
    signature = CAME + "DKIM-Signature: v=1\r\n" + results(f"{MX}; {DIRECT}")
    abroad = CAME.replace("by mx.bot.test", "by mx.evil.example")

    assert proof(below(f"{MX}; {DIRECT}"), server=place).ok
    assert proof(above(f"{MX}; {DIRECT}"), server=place).ok
    assert proof(HANDED.encode() + below(f"{MX}; {DIRECT}"), server=place).ok
    assert not proof(forged.encode() + MAIL, server=place).ok
    assert not proof(signature.encode() + MAIL, server=place).ok
    assert not proof(below(f"{MX}; {DIRECT}", way=abroad), server=place).ok


def test_findings_count_below_the_arrival_at_a_large_provider_with_steps_of_its_own_above() -> None:
    ours = (
        "Delivered-To: submit@bot.test\r\nReceived: by 2002:a05:73:1:b0:2:3:4 with SMTP id k1;\r\n"
        "        Mon, 2 Mar 2026 01:30:03 -0800 (PST)\r\nX-Received: by 2002:a05:6a20:9:b0:2:3:4 "
        "with SMTP id u1;\r\n        Mon, 02 Mar 2026 01:30:03 -0800 (PST)\r\nARC-Seal: i=1; "
        "cv=none\r\nReturn-Path: <ada@uni.example>\r\nReceived: from out.uni.example "
        "(out.uni.example. [192.0.2.7])\r\n        by mx.google.com with ESMTPS id a-2;\r\n"
        "        Mon, 02 Mar 2026\r\nReceived-SPF: pass (google.com: ok) client-ip=192.0.2.7;\r\n"
    )
    genuine = ours + results(SHAPES["a large provider"])
    forged = (
        ours + "Received: by 2002:a05:1::1 with SMTP id 1; now\r\n" + results(f"{MX}; {DIRECT}")
    )

    assert proof(genuine.encode() + MAIL, server="mx.google.com below").ok
    assert not proof(genuine.encode() + MAIL, server="mx.google.com").ok
    assert not proof(forged.encode() + MAIL, server=MX).ok
    assert not proof(forged.encode() + MAIL, server=f"{MX} below").ok
