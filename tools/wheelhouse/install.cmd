@echo off
rem Install lens from this folder. Needs Python 3.11, 3.12 or 3.13, for this user alone; no administrator rights.
setlocal
set "lens_failed="
for %%v in (3.13 3.12 3.11) do (
  if not defined lens_failed (
    py -%%v --version >nul 2>nul && (
      py -%%v "%~dp0install.py" %*
      if errorlevel 1 (set "lens_failed=1") else (set "lens_failed=0")
    )
  )
)
if not defined lens_failed (
  python --version >nul 2>nul && (
    python "%~dp0install.py" %*
    if errorlevel 1 (set "lens_failed=1") else (set "lens_failed=0")
  )
)
if not defined lens_failed (
  echo No Python was found. See INSTALL.txt, "Python first".
  set "lens_failed=1"
)
if "%~1"=="" pause
exit /b %lens_failed%
