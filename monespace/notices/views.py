"""The inbox."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from monespace.notices import actions, queries


@login_required(redirect_field_name="suite")
@require_http_methods(["GET", "POST"])
def inbox(request: HttpRequest) -> HttpResponse:
    """The person's notices, newest first; a POST marks those shown as read. They tell of dossiers: a code alone is not enough."""
    if not request.sign_in.is_substantial:
        return redirect_to_login(request.path, f"{reverse(settings.LOGIN_URL)}?niveau=400", "suite")
    if request.method == "POST":
        up_to = request.POST.get("up_to", "")
        if up_to.isdecimal() and len(up_to) < 19:
            actions.mark_read(request.user.pk, int(up_to))
        return HttpResponseRedirect(reverse("notices:inbox"), status=303)

    before = request.GET.get("before", "")
    notices = queries.inbox(request.user, int(before) if before.isdecimal() and len(before) < 19 else None)
    page, more = notices[: queries.PAGE], len(notices) > queries.PAGE
    unread = [notice.id for notice in page if notice.read_at is None]
    known = {"notices": page, "older": page[-1].id if more else None, "newest": max(unread, default=None)}
    return render(request, "notices/inbox.html", known)
