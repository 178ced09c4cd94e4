// Streamlit has no language setting: its own few words are translated here, and the page says which language it is in.
const WORDS = {
  "Fullscreen": "全屏", "Close fullscreen": "退出全屏", "Exit fullscreen": "退出全屏", "Download as CSV": "下载 CSV",
  "Search": "搜索", "Show/hide columns": "显示或隐藏列", "View fullscreen": "全屏查看", "Close": "关闭",
  "Sort ascending": "升序", "Sort descending": "降序", "Format": "格式", "Autosize": "自动列宽", "Pin column": "固定列",
  "Unpin column": "取消固定", "Hide column": "隐藏列", "No results": "没有结果", "Select all": "全选",
  "Clear all": "全部清除", "Clear value": "清除", "empty": "空", "Running...": "正在更新…", "Stop": "停止",
  "Connecting": "正在连接", "Connection error": "连接中断", "Press Enter to apply": "按回车确认",
  "Settings": "设置", "Theme": "外观", "Appearance": "外观", "Print": "打印", "Rerun": "重新载入", "About": "关于",
  "Light": "浅色", "Dark": "深色", "System": "跟随系统", "Use system setting": "跟随系统", "Wide mode": "宽屏",
  "Collapse sidebar": "收起侧栏", "Expand sidebar": "展开侧栏", "Main menu": "主菜单", "Page not found": "没有这一页",
  "Copy to clipboard": "复制", "Open sidebar": "展开侧栏", "Close sidebar": "收起侧栏", "Choose options": "请选择",
  "No options to select.": "没有可选项", "Choose an option": "请选择", "Record a screencast": "录屏", "open": "展开",
  "Column options": "列选项", "Sidebar": "侧栏", "Download": "下载", "Choose app theme": "选择外观",
  "Upload": "选择文件", "50MB per file": "每个文件不超过 50 MB", "Drag and drop files here": "把文件拖到这里",
}
const ATTRIBUTES = ["aria-label", "title", "placeholder", "data-tooltip"]

function chinese() {
  return new URLSearchParams(location.search).get("lang") !== "English"
}

function translateText(node) {
  const word = WORDS[node.data.trim()]
  if (word && !node.parentElement?.closest("[data-testid=stText], textarea, input")) node.data = word
}

function translateAttributes(element) {
  for (const name of ATTRIBUTES) {
    const word = WORDS[element.getAttribute(name)]
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
