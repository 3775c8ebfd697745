"""A tool of its own has addresses of its own; the rules of exposure need none."""

urlpatterns: list[object] = []
