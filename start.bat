@echo off
rem On Windows: double-click. Prepares the environment (from the folder wheels if there is one, without a network), builds, serves.
chcp 65001 >nul
setlocal
cd /d "%~dp0"
set "FROM="
if exist wheels set "FROM=--no-index --find-links wheels"
if exist .venv\Scripts\python.exe goto install
set "PYTHON=py -3"
%PYTHON% -c "" >nul 2>nul
if errorlevel 1 set "PYTHON=python"
%PYTHON% -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul
if errorlevel 1 goto old
%PYTHON% -m venv .venv
if errorlevel 1 goto old
:install
.venv\Scripts\python -m pip install --quiet --disable-pip-version-check --only-binary :all: %FROM% -r requirements.txt -r requirements-ocr.txt
if errorlevel 1 goto packages
.venv\Scripts\python -m etl build
if errorlevel 1 goto stop
rem Streamlit opens the browser once it can answer.
.venv\Scripts\python -m streamlit run app.py --server.address 127.0.0.1 --server.port 8501 --server.headless false --server.showEmailPrompt false
goto stop
:old
echo 需要 Python 3.11 或更新版本：请先安装（安装时勾选“Add python.exe to PATH”），再双击 start.bat。
goto stop
:packages
echo 程序包没有装好：请检查网络，或改用离线安装包；离线安装包只配它选定的 Python 版本（wheels 里文件名的 cp311 就是 3.11）。
:stop
pause
