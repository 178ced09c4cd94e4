"""Who may do what: everybody on this computer alone, or whoever signs in and stands in the list.

Roles are read, decide and import; each names people by e-mail address, or groups by the values of a claim.
"""

import ipaddress
from typing import Any

import streamlit as st

from dashboard.text import t

EVERYBODY = "*"


def configured() -> bool:
    """Whether people sign in: secrets.toml has a section [auth]."""
    return bool(st.secrets.load_if_toml_exists()) and "auth" in st.secrets


def exposed() -> str:
    """The address beyond this computer that the server would be open on without anybody signing in; empty for none."""
    address = str(st.get_option("server.address") or "0.0.0.0")
    return "" if configured() or _is_loopback(address) else address


def may(role: str) -> bool:
    """Whether this visitor may read, decide or import; to decide or to import is to read as well."""
    if not configured():
        return True
    if not st.user.is_logged_in:
        return False
    wanted = ("read", "decide", "import") if role == "read" else (role,)
    listed = {str(name).casefold() for each in wanted for name in _roles().get(each, ())}
    return bool(listed & _names())


def person() -> str:
    """The name that what this visitor does is recorded under: as signed in, or as typed; empty when there is none."""
    if not configured():
        # The field itself, where it is on the page: a button's callback may come before that of the field.
        return str(st.session_state.get("who", st.session_state.get("name", ""))).strip()
    said = st.user.to_dict()
    name, address = str(said.get("name") or ""), str(said.get("email") or said.get("sub") or "")
    return f"{name}（{address}）" if name and name != address else address


def ask_person() -> str:
    """Show who is acting, or ask for it where nobody signs in; the name."""
    if configured():
        st.text(t("access.acting", who=person()))
        return person()
    st.text_input(
        t("access.who"),
        st.session_state.get("name", ""),
        key="who",
        placeholder=t("access.who_hint"),
        on_change=_keep_name,
        max_chars=60,
        width=320,
    )
    return person()


def door() -> None:
    """The screen of a visitor who may not read: sign in, or whom to ask."""
    st.title(t("access.title"), anchor=False)
    if st.user.is_logged_in:
        st.text(t("access.unlisted", who=person()))
        st.button(t("access.sign_out"), on_click=st.logout)
    else:
        st.text(t("access.words"))
        st.button(t("access.sign_in"), type="primary", on_click=st.login)


def badge() -> None:
    """Who is signed in, and the way out."""
    if configured() and st.user.is_logged_in:
        st.text(person().partition("（")[0])
        st.button(t("access.sign_out"), on_click=st.logout, type="tertiary")


def _keep_name() -> None:
    # Streamlit forgets what was typed on a page as soon as another page is shown.
    st.session_state["name"] = st.session_state["who"]


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def _roles() -> dict[str, list[str]]:
    roles: dict[str, list[str]] = st.secrets["roles"].to_dict() if "roles" in st.secrets else {}
    return roles


def _names() -> set[str]:
    """What the lists may call this visitor: an address the provider has not doubted, and the values of the claim."""
    said = st.user.to_dict()
    own = [EVERYBODY]
    if said.get("email") and said.get("email_verified") is not False:
        own.append(str(said["email"]))
    claim: Any = said.get(str(_roles().get("claim") or ""), ())
    groups = [claim] if isinstance(claim, str) else map(str, claim or ())
    return {name.casefold() for name in (*own, *groups)}
