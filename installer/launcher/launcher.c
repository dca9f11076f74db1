/* DeputyDesk.exe and deskctl.exe: start the Python beside them with the program.
   Nothing of another Python on the PC is used: python311._pth says where everything is. */
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

#define TITLE L"代表履职工作台"
#define ROOM 32768

typedef int (*py_main)(int, wchar_t **);

static int refuse(const wchar_t *sentence) {
#ifdef CONSOLE
    fwprintf(stderr, L"%ls\n", sentence);
#else
    MessageBoxW(NULL, sentence, TITLE, MB_OK | MB_ICONWARNING);
#endif
    return 1;
}

static void forget_other_pythons(void) {
    static const wchar_t *names[] = {L"PYTHONHOME", L"PYTHONPATH", L"PYTHONSTARTUP",
                                     L"QT_PLUGIN_PATH", L"QT_QPA_PLATFORM_PLUGIN_PATH", NULL};
    for (int n = 0; names[n]; n++) SetEnvironmentVariableW(names[n], NULL);
}

int wmain(int argc, wchar_t **argv) {
    static wchar_t self[ROOM], library[ROOM];
    DWORD length = GetModuleFileNameW(NULL, self, ROOM);
    if (!length || length >= ROOM) return refuse(L"找不到程序所在的文件夹。");
    wcscpy(library, self);
    wchar_t *end = wcsrchr(library, L'\\') + 1;
    if (end - library + LONGEST > MAX_PATH - 1)
        return refuse(L"程序所在的文件夹太深，Windows 打不开其中的文件。\n"
                      L"请把整个文件夹移到靠近盘符的地方，再打开。");
    wcscpy(end, L"runtime\\python311.dll");
    forget_other_pythons();
    HMODULE python = LoadLibraryExW(library, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    py_main start = python ? (py_main)(void *)GetProcAddress(python, "Py_Main") : NULL;
    if (!start)
        return refuse(L"程序的文件不完整，打不开。\n请重新安装；数据不受影响。");
    wchar_t **told = calloc(argc + 6, sizeof *told);
    if (!told) return refuse(L"内存不足。");
    int n = 0;
    told[n++] = self;
    told[n++] = L"-B";
    told[n++] = L"-X";
    told[n++] = L"utf8";
    told[n++] = L"-c";
    told[n++] = CODE;
    for (int one = 1; one < argc; one++) told[n++] = argv[one];
    return start(n, told);
}

#ifndef CONSOLE
int WINAPI wWinMain(HINSTANCE self, HINSTANCE before, PWSTR told, int show) {
    (void)self, (void)before, (void)told, (void)show;
    return wmain(__argc, __wargv);
}
#endif
