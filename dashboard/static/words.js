// Streamlit has no language setting: its own few words are translated here, and the page says which language it is in.
const WORDS = {
  // frame and menu
  "Skip to main content": "跳到正文", "App pages": "页面", "Sidebar": "侧栏", "Collapse sidebar": "收起侧栏", "Expand sidebar": "展开侧栏",
  "Open sidebar": "展开侧栏", "Close sidebar": "收起侧栏", "Main menu": "主菜单", "View less": "收起", "Settings": "设置",
  "Theme": "外观", "Appearance": "外观", "Choose app theme": "选择外观", "Light": "浅色", "Dark": "深色", "System": "跟随系统",
  "Use system setting": "跟随系统", "Wide mode": "宽屏", "Print": "打印", "Rerun": "重新载入", "About": "关于", "Stop": "停止",
  "Record screen": "录屏", "Record a screencast": "录屏", "Made with Streamlit v": "Streamlit 版本 ", "Copy version to clipboard": "复制版本号",
  "Running...": "正在更新…", "Stopping...": "正在停止…", "Close": "关闭", "Cancel": "取消", "Dismiss": "关闭", "Copy": "复制",
  "Copied": "已复制", "Copy to clipboard": "复制", "Fullscreen": "全屏", "Close fullscreen": "退出全屏", "Exit fullscreen": "退出全屏",
  "View fullscreen": "全屏查看", "Scroll tabs left": "向左看其他标签", "Scroll tabs right": "向右看其他标签", "open": "展开",
  "Download": "下载", "Download failed": "下载失败", "Try again": "再试一次", "Please wait...": "请稍候…",
  "Page not found": "没有这一页", "The page that you have requested does not seem to exist": "您要的页面不存在",
  "The page that you have requested does not seem to exist. Running the app's main page.": "您要的页面不存在，先看总览。",
  "Connecting": "正在连接", "Connection error": "连接中断", "Connection closed": "连接已断开", "Connection timed out.": "连接超时。",
  "Reconnected to server.": "已重新连接。", "Network error": "网络错误", "Connecting to Streamlit server": "正在连接服务",
  "Connection lost. Please wait for the app to reconnect, then try again.": "连接中断，请等恢复后再试。",
  "Unable to connect to Streamlit server": "连不上服务",
  "Streamlit server is not responding. Are you connected to the internet?": "服务没有响应，请检查网络后再试。",
  // choosing
  "Open": "展开选项", "Show suggestions": "展开选项", "Suggestions": "选项", "Choose options": "请选择", "Choose an option": "请选择",
  "No options to select.": "没有可选项", "No options": "没有可选项", "No results": "没有结果", "Select all": "全选", "Clear all": "全部清除",
  "Clear value": "清除", "Clear entry": "清除", "Clear selection": "取消选择", "Selected values": "已选", "Multiselect options": "选项",
  "Selectbox options": "选项", "Type to search": "输入文字查找", "All selected options have been cleared.": "已全部清除。",
  "Press Enter to apply": "按回车确认", "Increment": "加", "Decrement": "减", "Choose date": "选择日期", "yyyy": "年", "mm": "月", "dd": "日", "Date range": "起止日期",
  "Use arrow keys to navigate dates. Enter to select. Escape to close.": "用方向键选日期，按回车确定，按 Esc 关闭。",
  // tables
  "Download as CSV": "下载 CSV", "Search": "搜索", "Close Search": "结束搜索", "Next Result": "下一处", "Previous Result": "上一处",
  "Show/hide columns": "显示或隐藏列", "Dataframe column menu": "列菜单", "Column options": "列选项", "Sort ascending": "升序",
  "Sort descending": "降序", "Format": "格式", "Autosize": "自动列宽", "Pin column": "固定列", "Unpin column": "取消固定",
  "Hide column": "隐藏列", "Copy column name": "复制列名", "Automatic": "自动", "Localized": "千分位", "Plain": "原样", "Compact": "简写",
  "Percent": "百分比", "Dollar": "美元", "Euro": "欧元", "Yen": "日元", "Accounting": "会计", "Scientific": "科学记数", "Distance": "相隔时间",
  "Calendar": "日历", "Add row": "添加行", "Delete row(s)": "删除行", "empty": "空", "Empty": "空", "No data": "没有数据", "No content": "没有内容",
  "Failed to load data": "数据没有载入", "Count": "个数", "Distinct": "不同值", "Minimum": "最小", "Maximum": "最大", "Average": "平均",
  "Median": "中位数", "Sum": "合计", "Standard deviation": "标准差", "Minimum length": "最短", "Maximum length": "最长",
  "Average length": "平均长度", "Based on sample": "按抽样计算", "Distribution histogram": "分布图", "Top values frequency chart": "最常见的值",
  // files
  "Upload": "选择文件", "Add files": "添加文件", "Browse files": "选择文件", "Drag and drop a file here": "把文件拖到这里",
  "Drag and drop files here": "把文件拖到这里", "Drag and drop directories here": "把文件夹拖到这里", "Upload directories": "上传文件夹",
  "Error uploading file": "文件没有传上来", "Error deleting file": "文件没有删掉", "File Uploader": "上传文件",
}
// Words with somebody else's within them.
const PATTERNS = [
  [/^Help for (.*)$/, "说明：$1"], [/^(.*) — start$/, "$1：起"], [/^(.*) — end$/, "$1：止"],
  [/^year, (.*)$/, "年，$1"], [/^month, (.*)$/, "月，$1"], [/^day, (.*)$/, "日，$1"],
  [/^(\d+) options? available\.$/, "有 $1 个选项。"], [/^([\d.]+)([KMG]B) per file(?: • (.*))?$/, "每个文件不超过 $1 $2　$3"],
  [/^Remove (.*)$/, "去掉 $1"], [/^View (\d+) more$/, "还有 $1 项"],
]
const ATTRIBUTES = ["aria-label", "title", "placeholder", "data-tooltip"]

function chinese() {
  return new URLSearchParams(location.search).get("lang") !== "English"
}

function translated(words) {
  if (!words) return undefined
  if (WORDS[words]) return WORDS[words]
  const found = /[A-Za-z]/.test(words) && PATTERNS.find(([pattern]) => pattern.test(words))
  return found ? words.replace(...found).trim() : undefined
}

function translateText(node) {
  const word = translated(node.data.trim())
  if (word && !node.parentElement?.closest("[data-testid=stText], textarea, input")) node.data = word
}

function translateAttributes(element) {
  for (const name of ATTRIBUTES) {
    const word = translated(element.getAttribute(name))
    if (word) element.setAttribute(name, word)
  }
}

// Charts and the hidden rows of tables hold none of Streamlit's words, and most of a page's nodes.
function isOurs(node) {
  return node.namespaceURI === "http://www.w3.org/2000/svg" || node.localName === "canvas" || node.localName === "style"
}

function translate(node) {
  if (node.nodeType === Node.TEXT_NODE) return translateText(node)
  if (node.nodeType !== Node.ELEMENT_NODE || isOurs(node)) return
  translateAttributes(node)
  node.childNodes.forEach(translate)
}

// Streamlit puts the groups of its menu into one list, which lists do not allow: they become groups of links with names.
function arrange(menu) {
  menu.querySelectorAll("ul:not([role]), li:not([role])").forEach((item) => item.setAttribute("role", "none"))
  menu.querySelectorAll("[data-testid=stNavSectionHeader]").forEach((head, at) => {
    head.firstElementChild.id = `menu-group-${at}`
    head.parentElement.setAttribute("role", "group")
    head.parentElement.setAttribute("aria-labelledby", `menu-group-${at}`)
  })
}

const menus = document.getElementsByTagName("nav")
let language
new MutationObserver((changes) => {
  if (language !== chinese()) {
    language = chinese()
    document.documentElement.lang = language ? "zh-CN" : "en"
  }
  if (menus[0]?.querySelector("ul:not([role]), li:not([role])")) arrange(menus[0])
  if (!language) return
  for (const change of changes) {
    if (change.type === "childList") change.addedNodes.forEach(translate)
    else if (change.type === "attributes") translateAttributes(change.target)
    else translateText(change.target)
  }
}).observe(document.documentElement, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES })
