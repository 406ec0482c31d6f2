"""What a candidate and a mentor say about a record's way to the certificate; first match wins."""

from __future__ import annotations

from handlers import appealing, choosing, offering, readying, sharing, stating, submitting
from handlers.command import Command, says

_SET = r"(?P<set>[^:]+?)"
_OF_SET = rf"(?: (?:to|for|in|of|from) {_SET})?"
_NUMBER = r"#?(?P<number>\d{1,40})"
_SUBMISSION = rf"(?:submission )?{_NUMBER}"
_TEXT = r"(?P<text>.+)"

CANDIDATE_COMMANDS: tuple[Command, ...] = (
    # the learning statement; before choosing, which drops sets
    says(r"/?(?:my )?statements", stating.overview),
    says(r"/?(?:write|begin|start|continue) (?:the |my |a )?statement", stating.begin),
    says(
        r"(?:write|begin|start|continue) (?:[a-z]+ ){0,3}statement(?: (?:for|in|on|of))? "
        rf"{_SET}(?P<anyway> anyway)?",
        stating.begin,
    ),
    says(rf"/?(?:show )?(?:the |my )?statement(?:(?: (?:for|in|on|of))? {_SET})?", stating.show),
    says(rf"add(?: paragraph)?{_OF_SET}\s*:(?P<text>.*)", stating.add),
    says(
        rf"replace (?:paragraph )?{_NUMBER}{_OF_SET}(?:\s*:| (?:with|by)\b)(?P<text>.*)",
        stating.replace,
    ),
    says(rf"(?:drop|cut|remove|delete) paragraph {_NUMBER}{_OF_SET}", stating.cut),
    says(rf"/?versions(?: (?:for|in|of) {_SET})?", stating.versions),
    says(rf"(?:go )?(?:back|return) to version {_NUMBER}{_OF_SET}", stating.back),
    says(rf"/?(?:done|finish|finished)(?: writing)?(?: (?:with|for) {_SET})?", stating.finish),
    says(r"/?(?:pause|stop) writing", stating.pause),
    # choosing
    says(r"/?(?:my )?electives", choosing.electives),
    says(r"(?:choose|elect) (?P<sets>.+)", choosing.choose),
    says(rf"drop (?!paragraph\b){_SET}", choosing.drop),
    says(
        r"(?:prove|route) (?P<set>.+?) (?:by|with|as|to) (?:an? |the )?(?P<route>course|portfolio)",
        choosing.route,
    ),
    says(
        r"(?:(?:which )?route|advise|advice)(?: me)?"
        rf"(?: (?:should|do|must) i (?:take|choose|use))?(?: (?:for|in|on|about))? {_SET}",
        choosing.advise,
    ),
    says(r"/?routes|advise|advice|which routes?", choosing.routes),
    says(r"/?(?:my )?pace", choosing.pace),
    # ready, submit, withdraw
    says(r"/?(?:am i )?ready", readying.overview),
    says(rf"is {_SET} ready(?: to be submitted)?", readying.check),
    says(rf"(?:am i )?ready(?: (?:for|in|with))? {_SET}", readying.check),
    says(rf"preview(?: (?:for|of))? {_SET}", readying.preview),
    says(rf"/?submit(?: (?:set|for))? {_SET}", submitting.submit),
    says(r"/?(?:my )?submissions", submitting.overview),
    says(rf"(?:show )?submission {_NUMBER}", submitting.show),
    says(rf"(?:withdraw|take back) submission {_NUMBER}", submitting.withdraw),
    says(rf"confirmation(?: (?:of|for))? {_SUBMISSION}", submitting.confirmation),
    says(r"/?(?:my )?requests", submitting.requests),
    says(rf"(?:file )?{_NUMBER} answers (?:request )?(?P<token>R-[A-Z0-9-]+)", submitting.answers),
    says(r"/?(?:my )?letters", submitting.letters),
    says(r"how long (?:does|will) (?:a |the |my )?review take|waiting times?", submitting.waiting),
    # appeals
    says(rf"appeal(?: (?:against|about))? {_SUBMISSION}", appealing.explain),
    says(
        rf"(?:show )?(?:the )?notice(?: of (?:intent|appeal))?(?: (?:for|of))? {_SUBMISSION}",
        appealing.notice,
    ),
    says(
        rf"file (?:the )?notice(?: of (?:intent|appeal))?(?: (?:for|of))? {_SUBMISSION}",
        appealing.file_notice,
    ),
    says(
        rf"(?P<step>[a-z0-9-]+) filed (?:for )?appeal {_NUMBER}(?:\s*:\s*(?P<note>.*))?",
        appealing.own_step,
    ),
    says(r"/?my appeals?", appealing.overview),
    # sharing
    says(r"share (?P<set>.+?) with (?P<who>\S+@\S+)(?: (?P<how_long>.+))?", sharing.share),
    says(r"/?(?:my )?shares", sharing.shares),
    says(rf"(?:unshare|revoke|stop sharing)(?: share)? {_NUMBER}", sharing.revoke),
    says(r"/?shared(?: with me)?", sharing.shared_with_me),
    says(r"/?who(?: has)? looked(?: at (?:me|it|my .+))?", sharing.who_looked),
    says(
        rf"(?:open|look at) share {_NUMBER},? (?:file )?#?(?P<file>\d{{1,40}})", sharing.open_file
    ),
    says(rf"look at {_NUMBER}", sharing.look),
    says(
        rf"look at share {_NUMBER}(?:,? (?P<set>.+?))??"
        r"(?:,? (?:the )?(?P<statement>statement))?",
        sharing.look,
    ),
    says(
        rf"comment(?: on)?(?: share)? {_NUMBER}(?:,? (?:on |about )?(?P<section>[^:]{{1,60}}?))?"
        rf"\s*:\s*{_TEXT}",
        sharing.comment,
    ),
    says(rf"/?(?:my )?comments(?: (?:on|in|for|about) {_SET})?", sharing.comments),
    # offered evidence
    says(r"/?(?:my )?offers", offering.offers),
    says(rf"(?:show )?offer {_NUMBER}", offering.show),
    says(
        rf"accept(?: offer)? {_NUMBER}(?: (?:to|in|into|for|under|as) (?P<section>.+))?",
        offering.accept,
    ),
    says(rf"(?:decline|refuse|reject)(?: offer)? {_NUMBER}", offering.decline),
)
