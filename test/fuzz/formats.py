"""Texts of the formats that Muster's OpenAPI document names: JSON Schema cannot say what they may be."""

import schemathesis
from hypothesis import strategies as st


attributes = st.sampled_from(["fullName", "email", "department", "title", "custom.costCentre", "status", "createdAt"])
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

schemathesis.openapi.format("scim-filter", filters)
schemathesis.openapi.format("user-order", st.builds("{}{}".format, st.sampled_from(["", "-"]), attributes))
schemathesis.openapi.format("entity-tag", st.builds('"{}"'.format, st.integers(min_value=0, max_value=3)))
schemathesis.openapi.format("time-zone", st.sampled_from(["UTC", "Europe/Berlin", "America/St_Johns", "Asia/Tokyo"]))
schemathesis.openapi.format("cron", st.sampled_from(["0 3 * * *", "*/15 * * * 1-5", "30 2 1 * *"]))
