"""The addresses of this slice."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from lowtide.web.practice.player import saying, views
from lowtide.web.practice.player.sound import sound

urlpatterns: list[URLPattern | URLResolver] = [
    path("sessions/<uuid:pk>/", views.player, name="player"),
    path("sessions/<uuid:pk>/ready.json", views.ready, name="ready"),
    path("sessions/<uuid:pk>/sound.mp3", sound, name="sound"),
    path("sessions/<uuid:pk>/timeline.json", views.timeline, name="timeline"),
    path("sessions/<uuid:pk>/captions.vtt", views.captions, name="captions"),
    path("sessions/<uuid:pk>/cover.png", views.cover, name="cover"),
    path("sessions/<uuid:pk>/transcript/", views.transcript, name="transcript"),
    path("sessions/<uuid:pk>/grounding/", views.grounding, name="grounding"),
    path("sessions/<uuid:pk>/position", saying.position, name="position"),
    path("sessions/<uuid:pk>/volumes", saying.volumes, name="volumes"),
    path("sessions/<uuid:pk>/switch", saying.switch, name="switch"),
    path("sessions/<uuid:pk>/unwell", saying.unwell, name="unwell"),
]
