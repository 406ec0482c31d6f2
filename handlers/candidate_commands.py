"""What a candidate and a mentor say about a record's way to the certificate; first match wins."""

from __future__ import annotations

from handlers import (
    appealing,
    choosing,
    exporting,
    halves,
    offering,
    paragraphs,
    readying,
    sharing,
    stating,
    submitting,
    versions,
)
from handlers.command import MAIL, NOTE, NUMBER, SET, SUBMISSION, TEXT, Command, says

_OF_SET = rf"(?: (?:to|for|in|of|from) {SET})?"

CANDIDATE_COMMANDS: tuple[Command, ...] = (
    # the learning statement; before choosing, which drops sets
    says(r"/?(?:my )?statements", stating.overview),
    says(stating.BEGIN_ANY, stating.begin),
    says(stating.BEGIN, stating.begin),
    says(
        rf"/?(?:show )?(?:me )?(?:the |my )?statement(?:(?: (?:for|in|on|of))? {SET})?",
        stating.show,
    ),
    says(rf"add(?: paragraph)?{_OF_SET}\s*:(?P<text>.*)", stating.add),
    says(
        rf"replace (?:all|everything|the (?:whole|entire) (?:text|statement)){_OF_SET}"
        r"(?: since version (?P<version>[0-9]{1,40}))?\s*:(?P<text>.*)",
        stating.put,
    ),
    says(
        rf"replace (?:paragraph )?{NUMBER}{_OF_SET}(?:\s*:| (?:with|by)\b)(?P<text>.*)",
        stating.replace,
    ),
    says(rf"(?:drop|cut|remove|delete) paragraph {NUMBER}{_OF_SET}", stating.cut),
    says(rf"/?versions(?: (?:for|in|of) {SET})?", versions.overview),
    says(rf"(?:go )?(?:back|return) to version {NUMBER}{_OF_SET}", versions.back),
    says(
        rf"(?:(?:go )?(?:back|return) to )?(?:the )?(?:previous|last|earlier) version{_OF_SET}",
        versions.previous,
    ),
    says(rf"/?(?:done|finish|finished)(?: writing)?(?: (?:with|for) {SET})?", stating.finish),
    says(r"/?(?:pause|stop) writing", paragraphs.pause),
    # choosing
    says(r"/?(?:my )?electives", choosing.electives),
    says(r"(?:choose|elect) (?P<sets>.+)", choosing.choose),
    says(rf"drop (?!paragraph\b){SET}", choosing.drop),
    says(
        r"(?:prove|route) (?P<set>.+?) (?:by|with|as|to) (?:an? |the )?(?P<route>course|portfolio)",
        choosing.route,
    ),
    says(
        r"(?:(?:which )?route|advise|advice)(?: me)?"
        rf"(?: (?:should|do|must) i (?:take|choose|use))?(?: (?:for|in|on|about))? {SET}",
        choosing.advise,
    ),
    says(r"/?routes|advise|advice|which routes?", choosing.routes),
    says(r"/?(?:my )?pace", choosing.pace),
    # ready, submit, withdraw
    says(r"/?(?:am i )?ready", readying.overview),
    says(rf"is {SET} ready(?: to be submitted)?", readying.check),
    says(rf"(?:am i )?ready(?: (?:for|in|with))? {SET}", readying.check),
    says(rf"preview(?: (?:for|of))? {SET}", readying.preview),
    says(rf"/?submit(?: (?:set|for))? {SET}", submitting.submit),
    says(r"/?(?:my )?submissions", submitting.overview),
    says(rf"(?:show )?submission {NUMBER}", submitting.show),
    says(rf"(?:withdraw|take back) submission {NUMBER}", submitting.withdraw),
    says(rf"confirmation(?: (?:of|for))? {SUBMISSION}", submitting.confirmation),
    says(r"/?(?:my )?requests", submitting.requests),
    says(rf"(?:file )?{NUMBER} answers (?:request )?(?P<token>R-[A-Z0-9-]+)", submitting.answers),
    says(r"/?(?:my )?letters", submitting.letters),
    says(r"how long (?:does|will) (?:a |the |my )?review take|waiting times?", submitting.waiting),
    # appeals
    says(rf"appeal(?: (?:against|about))? {SUBMISSION}", appealing.explain),
    says(
        rf"(?:show )?(?:the )?notice(?: of (?:intent|appeal))?(?: (?:for|of))? {SUBMISSION}",
        appealing.notice,
    ),
    says(
        rf"file (?:the )?notice(?: of (?:intent|appeal))?(?: (?:for|of))? {SUBMISSION}",
        appealing.file_notice,
    ),
    says(
        rf"(?P<step>[a-z0-9-]+) filed (?:for )?appeal {NUMBER}{NOTE}",
        appealing.own_step,
    ),
    says(r"/?my appeals?", appealing.overview),
    # sharing
    says(rf"share (?P<set>.+?) with {MAIL}(?: (?P<how_long>.+))?", sharing.share),
    says(r"/?(?:my )?shares", sharing.shares),
    says(rf"(?:unshare|revoke|stop sharing)(?: share)? {NUMBER}", sharing.revoke),
    says(r"/?shared(?: with me)?", sharing.shared_with_me),
    says(r"/?who(?: has)? looked(?: at (?:me|it|my .+))?", sharing.who_looked),
    says(rf"(?:open|look at) share {NUMBER},? (?:file )?#?(?P<file>\d{{1,40}})", sharing.open_file),
    says(rf"look at {NUMBER}", sharing.look),
    says(
        rf"look at share {NUMBER}(?:,? (?P<set>.+?))??"
        r"(?:,? (?:the )?(?P<statement>statement))?",
        sharing.look,
    ),
    says(
        rf"comment(?: on)?(?: share)? {NUMBER}(?:,? (?:on |about )?(?P<section>[^:]{{1,60}}?))?"
        rf"\s*:\s*{TEXT}",
        sharing.comment,
    ),
    says(halves.COMMENT, halves.comment),
    says(rf"/?(?:my )?comments(?: (?:on|in|for|about) {SET})?", sharing.comments),
    says(exporting.EXPORT, exporting.export),
    # offered evidence
    says(r"/?(?:my )?offers", offering.offers),
    says(rf"(?:show )?offer {NUMBER}", offering.show),
    says(
        rf"accept(?: offer)? {NUMBER}(?: (?:to|in|into|for|under|as) (?P<section>.+))?",
        offering.accept,
    ),
    says(rf"(?:decline|refuse|reject)(?: offer)? {NUMBER}", offering.decline),
)
