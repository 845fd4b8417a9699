"""The door for staff: sign in, begin where one's post works, sign out."""

from django.contrib.auth.views import LoginView, LogoutView

from onestop import clock
from onestop.accounts.forms import SignInForm
from onestop.agencies.access import start_page
from onestop.agencies.posts import actor_of


class SignIn(LoginView):
    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        # Not request.actor: before this request signed in, the actor was nobody.
        return start_page(actor_of(user=self.request.user, on=clock.today()))


class SignOut(LogoutView):
    http_method_names = ["post", "options"]
