"""All addresses of the site, and one that asks for a document of whichever plan one may read."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.views.decorators.http import require_POST

from accounts.requests import PersonRequest
from plans.models import Plan
from records import outbox
from records.access import signed_in
from recovery_portal import urls as ours

handler400, handler403, handler404, handler500 = ours.handler400, ours.handler403, ours.handler404, ours.handler500


@require_POST
@signed_in
def ask(request: PersonRequest) -> HttpResponse:
    plan = get_object_or_404(Plan.objects.visible_to(request.user), holder=request.POST["holder"])
    job = outbox.ask(request.POST["kind"], holder_id=plan.holder_id, subject_id=plan.pk, person_id=request.user.pk)
    return redirect("records:job_detail", job.pk)


urlpatterns = [*ours.urlpatterns, path("drill/ask/", ask, name="drill_ask")]
