"""Lists by key: the rows after the last one that the caller has, and where to ask for the rest."""

from typing import Any
from urllib.parse import urlencode

from rest_framework.request import Request

from config.api.bodies import BodyInvalid
from labeling.api.shapes.projects import PageQuery


def asked_for(request: Request) -> tuple[int, int]:
    """(key of the last row before the page, rows wanted). Raises BodyInvalid."""
    query = PageQuery(data=request.query_params.dict())
    if not query.is_valid():
        raise BodyInvalid("`after` and `limit` are whole numbers within their bounds.", query.errors)
    return query.validated_data["after"], query.validated_data["limit"]


def page(request: Request, rows: list[dict[str, Any]], *, limit: int, key: str) -> dict[str, Any]:
    """`rows` holds up to one row more than the page; that one only says that there is a next page."""
    following = None
    if len(rows) > limit:
        address = urlencode({"after": rows[limit - 1][key], "limit": limit})
        following = request.build_absolute_uri(f"{request.path}?{address}")
    return {"results": rows[:limit], "next": following}
