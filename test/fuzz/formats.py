"""Texts of the formats that Muster's OpenAPI document names: JSON Schema cannot say what they may be."""

import base64
import json

import schemathesis
from hypothesis import strategies as st


def cursor(key):
    """As `nextCursor` gives it."""
    return base64.urlsafe_b64encode(json.dumps({"after": key}).encode()).decode().rstrip("=")


numbers = st.integers(min_value=0, max_value=2**31 - 1)
words = st.text(alphabet="abcdefghij0123456789_:-", min_size=1, max_size=40)
attributes = st.sampled_from(["displayName", "email", "department", "title", "status", "id", "createdAt"])
values = st.sampled_from(['"Sales"', '"x@example.com"', '"a \\" b"', '""'])


def compare():
    text = st.builds("{} {} {}".format, attributes, st.sampled_from(["eq", "ne", "co", "sw", "ew"]), values)
    return text | st.builds("{} pr".format, attributes)


filters = st.recursive(
    compare(),
    lambda inner: st.builds("({} and {})".format, inner, inner)
    | st.builds("({} or {})".format, inner, inner)
    | st.builds("not ({})".format, inner),
    max_leaves=4,
)

schemathesis.openapi.format("text-cursor", st.builds(cursor, words))
schemathesis.openapi.format("number-cursor", st.builds(cursor, numbers))
schemathesis.openapi.format("scim-filter", filters)
schemathesis.openapi.format("user-order", st.builds("{}{}".format, st.sampled_from(["", "-"]), attributes))
schemathesis.openapi.format("time-zone", st.sampled_from(["UTC", "Europe/Berlin", "America/St_Johns", "Asia/Tokyo"]))
schemathesis.openapi.format("cron", st.sampled_from(["0 3 * * *", "*/15 * * * 1-5", "30 2 1 * *"]))
