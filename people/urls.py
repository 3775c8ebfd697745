from django.urls import path

from people.views import guide, invitations, keys, language, people, theme, tokens

app_name = "people"

urlpatterns = [
    path("theme/", theme.theme, name="theme"),
    path("language/", language.language, name="language"),
    path("settings/keys/", keys.keys, name="keys"),
    path("help/", guide.labeler, name="help"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<int:token_id>/revoke/", tokens.token_revoke, name="token_revoke"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("invitations/<str:secret>/", invitations.invitation, name="invitation"),
]
