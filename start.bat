@echo off
rem On Windows: double-click. Prepares the environment (from the folder wheels if there is one, without a network), builds, serves.
chcp 65001 >nul
setlocal
cd /d "%~dp0"
set "FROM="
if exist wheels set "FROM=--no-index --find-links wheels"
if not exist .venv\Scripts\python.exe (
    py -3 -c "import sys; sys.exit(sys.version_info < (3, 11))" || goto old
    py -3 -m venv .venv || goto old
)
.venv\Scripts\python -m pip install --quiet --disable-pip-version-check --only-binary :all: %FROM% -r requirements.txt -r requirements-ocr.txt || goto packages
.venv\Scripts\python -m etl build || goto stop
start "" http://127.0.0.1:8501
.venv\Scripts\python -m streamlit run app.py --server.address 127.0.0.1 --server.port 8501
goto stop
:old
echo 需要 Python 3.11 或更新版本，请先安装（安装时勾选 py launcher）。
goto stop
:packages
echo 程序包没有装好：请检查网络，或改用带 wheels 文件夹的离线安装包。
:stop
pause
