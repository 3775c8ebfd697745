"""The page of the navigation that the pages of one's own record belong to (people.context.PAGES)."""

SECTION = "My exposure"
