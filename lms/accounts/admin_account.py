"""The editors' own settings in the admin, without the two fields that would split a name."""

from __future__ import annotations

from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, BaseSettingsPanel, NameEmailSettingsPanel


class OwnAccountView(AccountView):
    """For everybody who may enter the admin. Name and address are changed at ``/tai-khoan/``."""

    def get_panels(self) -> list[BaseSettingsPanel]:
        return [panel for panel in super().get_panels() if not isinstance(panel, NameEmailSettingsPanel)]


own_account = require_admin_access(OwnAccountView.as_view())
