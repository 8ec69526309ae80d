"""Who may write and who publishes: two groups and the workflow between them."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from lms.accounts.api import Person

EDITORS = "Biên tập viên"
MODERATORS = "Người duyệt"
_WORKFLOW = "Duyệt nội dung"
_DEFAULT_GROUPS = {"Editors": EDITORS, "Moderators": MODERATORS}
_PAGE_RIGHTS = {EDITORS: ["add_page", "change_page"], MODERATORS: ["add_page", "change_page", "publish_page"]}
_FILES = ["picturefile", "recording", "document"]


def load_groups() -> None:
    """Idempotent. Wagtail's own English groups take the Vietnamese names and keep their members."""
    for old, new in _DEFAULT_GROUPS.items():
        if not Group.objects.filter(name=new).exists():
            Group.objects.filter(name=old).update(name=new)
    for name in _DEFAULT_GROUPS.values():
        group, _new = Group.objects.get_or_create(name=name)
        _grant(group)
    _load_workflow(Group.objects.get(name=MODERATORS))


def add_editor(person: Person) -> None:
    person.groups.add(Group.objects.get(name=EDITORS))


def _grant(group: Group) -> None:
    root = Page.get_first_root_node()
    for codename in _PAGE_RIGHTS[group.name]:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    files = Permission.objects.filter(
        codename__in=[f"{act}_{model}" for act in ("add", "change", "choose") for model in _FILES]
    )
    for permission in files:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=Collection.get_first_root_node(), permission=permission
        )
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    bank = Permission.objects.filter(
        content_type__app_label="items", content_type__model__in=["item", "fact"]
    )
    group.permissions.add(*bank.exclude(codename__startswith="delete_"))
    # Contents, not libraries: those are programs, and an administrator's to install.
    h5p = Permission.objects.filter(content_type__app_label="h5p", content_type__model="activity")
    group.permissions.add(*h5p.exclude(codename__startswith="delete_"))


def _load_workflow(moderators: Group) -> None:
    """Editors send in, moderators publish; the root carries the workflow, so every page has it."""
    workflow, _new = Workflow.objects.get_or_create(name=_WORKFLOW)
    task = GroupApprovalTask.objects.filter(name=_WORKFLOW).first() or GroupApprovalTask.objects.create(
        name=_WORKFLOW
    )
    task.groups.add(moderators)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr, defaults={"sort_order": 0})
    WorkflowPage.objects.update_or_create(page=Page.get_first_root_node(), defaults={"workflow": workflow})
    Workflow.objects.exclude(pk=workflow.pk).filter(name="Moderators approval").update(active=False)
