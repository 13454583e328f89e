"""Organisers, the authority, the court, the police and the press: each a Mesa agent; and the practice that tells towns apart."""

from sim.institutions.authority import Authority
from sim.institutions.court import Court
from sim.institutions.organiser import Organiser
from sim.institutions.police import Police
from sim.institutions.press import Press

__all__ = ["Authority", "Court", "Organiser", "Police", "Press"]
