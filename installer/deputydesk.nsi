; The set-up program: for one user, without administrator rights, in Chinese.
; Made by build_windows.py, which hands over VERSION, NUMBERS, OUT, FILES, KILOBYTES, ICON, DEEPEST.
;
; What it returns: 0 done, 1 given up by the user, 2 stopped (disk full, damaged), 3 Windows too old,
; 4 the program is running, 5 the backup before the upgrade failed, 6 files could not be replaced,
; 7 the folder is too deep, 8 a newer version is installed.

Unicode true
Target amd64-unicode
!ifdef FAST
SetCompressor zlib
!else
SetCompressor /SOLID lzma
SetCompressorDictSize 64
!endif
SetDatablockOptimize on
CRCCheck force
RequestExecutionLevel user
ManifestSupportedOS Win10
ManifestDPIAware true
AllowSkipFiles off

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WordFunc.nsh
!include "${FILES}"

!define NAME "代表履职工作台"
!define KEY "Software\DeputyDesk"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\DeputyDesk"
!define KIND "DeputyDesk.Bundle"
!define OLDEST 17763
!define /math MEGABYTES ${KILOBYTES} / 1024
!define STAGE "$INSTDIR\.new"
!define ASIDE "$INSTDIR\.old"

Name "${NAME}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\DeputyDesk"
InstallDirRegKey HKCU "${KEY}" "InstallDir"
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=2052 "ProductName" "${NAME}"
VIAddVersionKey /LANG=2052 "FileDescription" "${NAME} 安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "CompanyName" "DeputyDesk"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TEXT "只为当前用户安装，不需要管理员权限。$\r$\n$\r$\n已经装有旧版本的，先自动备份数据，再换成新版本；数据不会改动。$\r$\n$\r$\n请先关闭正在使用的${NAME}，再点“下一步”。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\DeputyDesk.exe"
!define MUI_FINISHPAGE_RUN_TEXT "现在打开${NAME}"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "只删除程序，数据和备份都保留在 $LOCALAPPDATA\DeputyDesk。"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

; Says why nothing is done, and ends.
!macro Refuse CODE SENTENCE
  MessageBox MB_OK|MB_ICONEXCLAMATION "${SENTENCE}" /SD IDOK
  SetErrorLevel ${CODE}
  Quit
!macroend

; A program that runs cannot be opened for writing.
!macro RefuseWhileRunning FILE
  ${If} ${FileExists} "$INSTDIR\${FILE}"
    ClearErrors
    FileOpen $R0 "$INSTDIR\${FILE}" a
    ${If} ${Errors}
      !insertmacro Refuse 4 "${NAME}正开着，什么都没有改动。请先关闭它，再重新运行。"
    ${EndIf}
    FileClose $R0
  ${EndIf}
!macroend

; Moves a part of the program; $R9 tells whether all went well so far.
!macro Move NAME FROM TO
  ${If} $R9 == ""
  ${AndIf} ${FileExists} "${FROM}\${NAME}"
    ClearErrors
    Rename "${FROM}\${NAME}" "${TO}\${NAME}"
    ${If} ${Errors}
      StrCpy $R9 "${NAME}"
    ${EndIf}
  ${EndIf}
!macroend

!macro MoveBack NAME
  ${If} ${FileExists} "${ASIDE}\${NAME}"
    RMDir /r "$INSTDIR\${NAME}"
    Rename "${ASIDE}\${NAME}" "$INSTDIR\${NAME}"
  ${EndIf}
!macroend

!macro ForEachPart DO
  !insertmacro ${DO} runtime
  !insertmacro ${DO} lib
  !insertmacro ${DO} app
  !insertmacro ${DO} licenses
  !insertmacro ${DO} DeputyDesk.exe
  !insertmacro ${DO} deskctl.exe
!macroend

!macro SetAside PART
  !insertmacro Move "${PART}" "$INSTDIR" "${ASIDE}"
!macroend

!macro PutInPlace PART
  !insertmacro Move "${PART}" "${STAGE}" "$INSTDIR"
!macroend

; Only parts of a program lie in these two folders, never data.
!macro Discard FOLDER
  RMDir /r "${FOLDER}\runtime"
  RMDir /r "${FOLDER}\lib"
  RMDir /r "${FOLDER}\app"
  RMDir /r "${FOLDER}\licenses"
  Delete "${FOLDER}\DeputyDesk.exe"
  Delete "${FOLDER}\deskctl.exe"
  RMDir "${FOLDER}"
!macroend

Function .onInit
  SetShellVarContext current
  ReadRegStr $0 HKLM "SOFTWARE\Microsoft\Windows NT\CurrentVersion" "CurrentBuildNumber"
  ${If} $0 < ${OLDEST}
    !insertmacro Refuse 3 "这台电脑的 Windows 太旧，需要 Windows 10（1809）或更新的版本。什么都没有改动。"
  ${EndIf}
  ReadRegStr $0 HKCU "${UNINSTALL}" "DisplayVersion"
  ${If} $0 != ""
    ${VersionCompare} "$0" "${VERSION}" $1
    ${If} $1 == 1
      !insertmacro Refuse 8 "已经装有更新的版本 $0，没有换成旧的 ${VERSION}。"
    ${EndIf}
  ${EndIf}
FunctionEnd

Function BackUp
  ${If} ${FileExists} "$INSTDIR\DeputyDesk.exe"
    DetailPrint "正在备份数据…"
    ClearErrors
    ExecWait '"$INSTDIR\DeputyDesk.exe" --backup' $0
    ${If} ${Errors}
    ${OrIf} $0 != 0
      StrCpy $1 ""
      FileOpen $2 "$LOCALAPPDATA\DeputyDesk\upgrade-backup.txt" r
      FileReadUTF16LE $2 $1
      FileClose $2
      !insertmacro Refuse 5 "升级前的备份没有做成，没有升级，什么都没有改动。$\r$\n$1"
    ${EndIf}
  ${EndIf}
FunctionEnd

Function DemandRoom
  ${GetRoot} "$INSTDIR" $0
  ${DriveSpace} "$0\" "/D=F /S=M" $1
  ${If} $1 != ""
  ${AndIf} $1 <= ${MEGABYTES}
    !insertmacro Refuse 2 "磁盘 $0 的空间不够，什么都没有改动。请清理后再试。"
  ${EndIf}
FunctionEnd

Function Replace
  CreateDirectory "${ASIDE}"
  StrCpy $R9 ""
  !insertmacro ForEachPart SetAside
  !insertmacro ForEachPart PutInPlace
  ${If} $R9 != ""
    !insertmacro ForEachPart MoveBack
    !insertmacro Discard "${STAGE}"
    RMDir "${ASIDE}"
    !insertmacro Refuse 6 "$R9 正被别的程序使用，没有换成新版本；原来的版本还在。请重新启动电脑，再安装一次。"
  ${EndIf}
  !insertmacro Discard "${ASIDE}"
  RMDir "${STAGE}"
FunctionEnd

Section "program"
  StrLen $0 "$INSTDIR"
  ${If} $0 > ${DEEPEST}
    !insertmacro Refuse 7 "文件夹“$INSTDIR”太深，Windows 打不开其中的文件。请另选一个文件夹。"
  ${EndIf}
  !insertmacro RefuseWhileRunning DeputyDesk.exe
  !insertmacro RefuseWhileRunning deskctl.exe
  Call DemandRoom
  Call BackUp
  !insertmacro Discard "${STAGE}"
  !insertmacro PUT_FILES "${STAGE}"
  SetOutPath "$INSTDIR"
  Call Replace
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\DeputyDesk.exe"
  CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\DeputyDesk.exe"
  Call Register
SectionEnd

Function Register
  WriteRegStr HKCU "${KEY}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\DeputyDesk.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "DeputyDesk"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  WriteRegStr HKCU "Software\Classes\.ddb" "" "${KIND}"
  WriteRegStr HKCU "Software\Classes\${KIND}" "" "履职交换文件"
  WriteRegStr HKCU "Software\Classes\${KIND}\DefaultIcon" "" "$INSTDIR\DeputyDesk.exe,0"
  WriteRegStr HKCU "Software\Classes\${KIND}\shell\open\command" "" '"$INSTDIR\DeputyDesk.exe" --import "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
FunctionEnd

; The disk was full or the file damaged: what was unpacked goes, the old version stays.
Function .onInstFailed
  SetOutPath "$INSTDIR"
  !insertmacro Discard "${STAGE}"
FunctionEnd

Section "un.program"
  SetShellVarContext current
  !insertmacro RefuseWhileRunning DeputyDesk.exe
  !insertmacro RefuseWhileRunning deskctl.exe
  !insertmacro TAKE_FILES
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "${KEY}"
  DeleteRegKey HKCU "Software\Classes\${KIND}"
  ReadRegStr $0 HKCU "Software\Classes\.ddb" ""
  ${If} $0 == "${KIND}"
    DeleteRegKey HKCU "Software\Classes\.ddb"
  ${EndIf}
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
