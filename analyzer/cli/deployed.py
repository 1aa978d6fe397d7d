"""What is deployed: graphs of versions and logs of instances, through the platform's own client for Python.

The client reads its environment variables (``CLOUDFLARE_API_TOKEN``, …) and retries as it does by default. Nothing that is
printed here holds what it signs in with: messages are ours, and of the API's own only the texts of its errors are passed on.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from analyzer.errors import MissingExtraError, UsageError
from analyzer.records import record

if TYPE_CHECKING:
    from cloudflare import APIStatusError, Cloudflare

PREFIX = "deployed:"
SECRETS = ("CLOUDFLARE_API_TOKEN", "CLOUDFLARE_API_KEY", "CLOUDFLARE_API_USER_SERVICE_KEY")
"""Environment variables whose values are never printed."""

SECONDS = 30.0
"""How long one request may take."""

FULL_ID = 36
"""Characters of a version's id; what is shorter is the beginning of one."""


@record
class Deployed:
    """A workflow, and a version of it (empty: the newest) or an instance."""

    workflow: str
    version: str = ""
    instance: str = ""


def parse(text: str) -> Deployed | None:
    """What ``deployed:WORKFLOW[@VERSION]`` or ``deployed:WORKFLOW/INSTANCE`` names; None for anything else."""
    if not text.startswith(PREFIX):
        return None
    workflow, slash, instance = text.removeprefix(PREFIX).partition("/")
    workflow, at, version = workflow.partition("@")
    if not workflow or (slash and not instance) or (at and not version) or (at and slash):
        raise UsageError(f"{text}: it is deployed:WORKFLOW, deployed:WORKFLOW@VERSION or deployed:WORKFLOW/INSTANCE")
    return Deployed(workflow, version, instance)


def fetch_graph(asked: Deployed) -> object:
    """The API's response with the graph of a version, decoded. Raises UsageError for whatever keeps it from being had."""
    if asked.instance:
        raise UsageError(f"{PREFIX}{asked.workflow}/{asked.instance} is an instance; its graph is {PREFIX}{asked.workflow}")
    with _client() as client, _explained(f"workflow {asked.workflow}"):
        account = _account(client)
        version = asked.version if len(asked.version) == FULL_ID else _version(client, account, asked)
        versions = client.workflows.versions.with_raw_response
        response = versions.graph(version, account_id=account, workflow_name=asked.workflow)
        return response.http_response.json()


def fetch_instance(asked: Deployed) -> object:
    """The API's response with an instance, decoded. Raises UsageError for whatever keeps it from being had."""
    if not asked.instance:
        raise UsageError(f"{PREFIX}{asked.workflow} is a workflow; an instance is {PREFIX}{asked.workflow}/INSTANCE")
    with _client() as client, _explained(f"instance {asked.instance} of workflow {asked.workflow}"):
        instances = client.workflows.instances.with_raw_response
        response = instances.get(asked.instance, account_id=_account(client), workflow_name=asked.workflow)
        return response.http_response.json()


@contextmanager
def _client() -> Iterator[Cloudflare]:
    try:
        from cloudflare import Cloudflare, CloudflareError
    except ImportError:
        raise MissingExtraError("cloudflare", "cloudflare") from None
    try:
        client = Cloudflare(timeout=SECONDS)
    except CloudflareError as error:
        raise UsageError(f"deployed: {_safe(str(error))}") from None
    with client:
        yield client


@contextmanager
def _explained(what: str) -> Iterator[None]:
    """Turns the client's errors into sentences; their own texts may quote requests."""
    from cloudflare import APIConnectionError, APIStatusError, APITimeoutError, CloudflareError

    try:
        yield
    except APIStatusError as error:
        raise UsageError(f"deployed: {_refusal(error, what)}") from None
    except APITimeoutError:
        raise UsageError(f"deployed: the API did not answer within {SECONDS:g} seconds") from None
    except APIConnectionError:
        raise UsageError("deployed: the API cannot be reached") from None
    except (CloudflareError, TypeError) as error:
        raise UsageError(f"deployed: {_signing_in(error)}") from None
    except ValueError:
        raise UsageError("deployed: the API's answer is not JSON") from None


def _account(client: Cloudflare) -> str:
    """The account: of ``CLOUDFLARE_ACCOUNT_ID``, or the only one there is."""
    told = os.environ.get("CLOUDFLARE_ACCOUNT_ID")
    if told:
        return told
    accounts = [account.id for account, _ in zip(client.accounts.list(), range(2), strict=False)]
    if len(accounts) != 1:
        raise UsageError(f"deployed: {'several accounts' if accounts else 'no account'}; set CLOUDFLARE_ACCOUNT_ID")
    return accounts[0]


def _version(client: Cloudflare, account: str, asked: Deployed) -> str:
    """The id of the newest version, or of the one that begins as asked."""
    listed = client.workflows.versions.list(account_id=account, workflow_name=asked.workflow)
    fitting = sorted((each for each in listed if each.id.startswith(asked.version)), key=lambda each: each.created_on)
    if not fitting:
        raise UsageError(f"deployed: workflow {asked.workflow} has no version {asked.version}".rstrip())
    if asked.version and len(fitting) > 1:
        ids = ", ".join(each.id for each in fitting)
        raise UsageError(f"deployed: several versions of {asked.workflow} begin with {asked.version}: {ids}")
    return fitting[-1].id


def _refusal(error: APIStatusError, what: str) -> str:
    match error.status_code:
        case 401 | 403:
            return f"the API refuses to sign in ({error.status_code}): it needs a token with the permission Workflows Read" + (
                _reasons(error)
            )
        case 404:
            return f"there is no {what}, or no such version" + _reasons(error)
        case 429:
            wait = error.response.headers.get("retry-after", "")
            return f"the API is asked too often (429), also after retries{f'; try again in {wait} seconds' if wait else ''}"
        case status:
            return f"the API answers {status}" + _reasons(error)


def _reasons(error: APIStatusError) -> str:
    """The API's own texts, if there are any."""
    match error.body:
        case {"errors": list() as errors}:
            texts = [each["message"] for each in errors if isinstance(each, dict) and isinstance(each.get("message"), str)]
        case _:
            texts = [each.message for each in error.errors if each.message]
    return f": {_safe('; '.join(texts))}" if texts else ""


def _signing_in(error: Exception) -> str:
    """What keeps a request from being made: nothing to sign in with, or an answer that has another shape."""
    if not any(os.environ.get(name) for name in SECRETS):
        return "nothing to sign in with; set CLOUDFLARE_API_TOKEN"
    return f"the client cannot make the request or read the answer ({type(error).__name__})"


def _safe(text: str) -> str:
    """A text without the values of the secrets in the environment."""
    for name in SECRETS:
        value = os.environ.get(name)
        if value:
            text = text.replace(value, "…")
    return text
