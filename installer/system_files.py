"""Which files every Windows 10 (1809 or newer) has by itself."""

from fnmatch import fnmatch

LIBRARIES = (
    *("advapi32", "authz", "bcrypt", "bcryptprimitives", "cfgmgr32", "combase", "comctl32"),
    *("comdlg32", "crypt32", "d2d1", "d3d10", "d3d11", "d3d12", "d3d9"),
    *("dbghelp", "dcomp", "dnsapi", "dwmapi", "dwrite", "dxgi", "gdi32"),
    *("gdiplus", "icuuc", "imm32", "iphlpapi", "kernel32", "mf", "mfplat"),
    *("mfreadwrite", "mpr", "msi", "msvcrt", "ncrypt", "netapi32", "normaliz"),
    *("ntdll", "ole32", "oleacc", "oleaut32", "oledlg", "opengl32", "pdh"),
    *("powrprof", "propsys", "psapi", "rpcrt4", "runtimeobject", "secur32", "setupapi"),
    *("shcore", "shell32", "shlwapi", "ucrtbase", "uiautomationcore", "urlmon", "user32"),
    *("userenv", "usp10", "uxtheme", "version", "wevtapi", "winhttp", "wininet"),
    *("winmm", "winspool", "wintrust", "wldap32", "ws2_32", "wsock32", "wtsapi32"),
)
OF_WINDOWS = frozenset({"winspool.drv", *(f"{name}.dll" for name in LIBRARIES)})


def is_of_windows(name: str) -> bool:
    """Whether a program file may count on it without bringing it."""
    return name in OF_WINDOWS or fnmatch(name, "api-ms-win-*.dll") or fnmatch(name, "ext-ms-*.dll")
