"""The pages of the window, in the order of the navigation; a page is imported when first opened."""

from importlib import import_module
from typing import TYPE_CHECKING

from deputydesk.late import dataclass

if TYPE_CHECKING:
    from deputydesk.ui.desk import Desk
    from deputydesk.ui.page import Page


@dataclass(frozen=True)
class PageSpec:
    """What the navigation knows of a page before it is opened.

    Args:
        name: its module in this package.
        page: its class there.
        title: what the navigation calls it.
        icon: its sign.
        key: the key that opens it.
        group: heading above it; a page of the same group follows without one.
        records: tables whose records it opens.
        needed: module of `operations` whose query `is_needed` says whether the navigation names
            it; empty: always. The search and its key open it all the same.
    """

    name: str
    page: str
    title: str
    icon: str
    key: str
    group: str = ""
    records: tuple[str, ...] = ()
    needed: str = ""

    def is_needed(self, desk: "Desk") -> bool:
        """Whether offices like this one work with it, as far as is known yet."""
        if not self.needed:
            return True
        if not desk.is_ready:
            return False
        operations = import_module(f"deputydesk.operations.{self.needed}")
        return bool(desk.ask(operations.is_needed))

    def make(self, desk: "Desk") -> "Page":
        """Import the page and make it."""
        module = import_module(f"{__name__}.{self.name}")
        return getattr(module, self.page)(desk)


PAGES = (
    PageSpec("today", "TodayPage", "工作台", "layout-dashboard", "F2"),
    PageSpec("cockpit", "CockpitPage", "驾驶舱", "gauge", "Shift+F2"),
    PageSpec(
        "visits", "VisitsPage", "进家登记", "clipboard-pen", "F3", "登记", ("visit", "opinion")
    ),
    PageSpec(
        "suggestions",
        "SuggestionsPage",
        "意见建议督办",
        "list-checks",
        "F4",
        "登记",
        ("suggestion", "unit"),
    ),
    PageSpec("homes", "HomesPage", "代表之家", "map-pinned", "F5", "登记", ("home",)),
    PageSpec(
        "rotas", "RotasPage", "进家安排", "calendar-check", "Shift+F5", "登记", ("rota_shift",)
    ),
    PageSpec(
        "home_records",
        "HomeRecordsPage",
        "家站建设",
        "list",
        "F11",
        "登记",
        (
            "station",
            "home_check",
            "supervisor",
            "supervisor_remark",
            "electoral_district",
            "deputy_group",
        ),
    ),
    PageSpec("links", "LinksPage", "双联系", "handshake", "Shift+F6", "登记"),
    PageSpec(
        "activities",
        "ActivitiesPage",
        "代表活动",
        "footprints",
        "Shift+F3",
        "登记",
        ("activity", "event_opinion", "service", "training", "meeting"),
    ),
    PageSpec(
        "projects",
        "ProjectsPage",
        "民生实事",
        "construction",
        "Shift+F4",
        "登记",
        ("project", "milestone", "project_payment", "project_eval", "project_vote"),
    ),
    PageSpec(
        "assemblies",
        "AssembliesPage",
        "街道议事",
        "landmark",
        "Ctrl+F5",
        "登记",
        ("assembly", "assembly_member"),
        needed="assemblies",
    ),
    PageSpec(
        "cases",
        "CasesPage",
        "督办和代办",
        "briefcase",
        "Ctrl+F3",
        "登记",
        ("oversight", "oversight_visit", "conversion", "petition", "vacancy"),
    ),
    PageSpec(
        "legislation",
        "LegislationPage",
        "立法联系",
        "scale",
        "Ctrl+F6",
        "登记",
        ("leg_round", "leg_opinion", "leg_person"),
    ),
    PageSpec("deputies", "DeputiesPage", "代表", "users", "F6", "代表", ("mandate", "person")),
    PageSpec(
        "evaluations",
        "EvaluationsPage",
        "述职测评",
        "message-square-text",
        "F7",
        "代表",
        ("evaluation",),
    ),
    PageSpec(
        "scan_runs",
        "ScanRunsPage",
        "扫描读票",
        "scan-line",
        "Shift+F12",
        "代表",
        ("scan_run",),
        needed="scan_runs",
    ),
    PageSpec(
        "points",
        "PointsPage",
        "履职积分",
        "trophy",
        "Shift+F7",
        "代表",
        ("point_entry", "point_quarter", "point_objection", "point_scheme"),
    ),
    PageSpec(
        "duty",
        "DutyPage",
        "履职管理",
        "user-check",
        "Shift+F8",
        "代表",
        ("leave", "caution", "honour"),
    ),
    PageSpec(
        "money",
        "MoneyPage",
        "代表经费",
        "wallet",
        "F12",
        "代表",
        ("expense", "fund", "expense_rate"),
    ),
    PageSpec(
        "dispatches",
        "DispatchesPage",
        "调度报告",
        "calendar-days",
        "Ctrl+F7",
        "输出",
        ("dispatch",),
    ),
    PageSpec(
        "annual_reports",
        "AnnualReportsPage",
        "年度报告",
        "newspaper",
        "Ctrl+F8",
        "输出",
        ("annual_report",),
    ),
    PageSpec("printing", "PrintingPage", "报表打印", "printer", "F8", "输出"),
    PageSpec("publish", "PublishPage", "网上代表之家", "globe", "Shift+F9", "输出"),
    PageSpec(
        "chronicle",
        "ChroniclePage",
        "制度和资料",
        "library",
        "Ctrl+F9",
        "输出",
        ("regulation", "printout", "publicity", "practice", "online_poll", "party_support"),
    ),
    PageSpec("exchange", "ExchangePage", "导入导出", "arrow-left-right", "F9", "输出"),
    PageSpec("sticks", "SticksPage", "U盘交换", "usb", "Shift+F11", "输出"),
    PageSpec(
        "local_rules",
        "LocalRulesPage",
        "本地规则",
        "sliders-horizontal",
        "Shift+F10",
        "设置",
        ("preset", "deadline_rule", "answer_class", "grade_scale"),
    ),
    PageSpec("recycle_bin", "RecycleBinPage", "回收站", "trash-2", "Ctrl+F10", "设置"),
    PageSpec("settings", "SettingsPage", "设置", "settings", "F10", "设置"),
)
