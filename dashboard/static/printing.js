// Paper: a page about to be printed is copied into one column, light, with every row of its tables.
import { chartOnPaper } from "./printing_charts.js"

const { words, ...colours } = JSON.parse(document.querySelector("script[data-paper]").dataset.paper)

// A4 within its margins, and room on it for a chart below its words, in the pixels of a page; it lies where something is wide.
const UPRIGHT = { size: "A4", wide: 700, high: 900 }
const LYING = { size: "A4 landscape", wide: 1030, high: 560 }
const WIDE_CHART = 875
const WIDE_TABLE = 8
// Between two halves of lying paper.
const GAP = 16
// A table as long as anybody reads, and letters (a Chinese one counts two) that are not broken over lines.
const MOST_ROWS = 500
const WHOLE = 14
// An address, not a word: broken anywhere.
const LONG_WORD = /[!-~]{21}/

// What a page is made of, and what stands for it on paper; what is not named is looked into.
const MAKERS = {
  stHeading: heading, stText: lines, stMarkdown: lines, stAlert: lines, stCode: lines, stMetric: figure, stPlotlyChart: chart,
  stDataFrame: table, stSelectbox: choice, stMultiSelect: choice, stButtonGroup: choice, stBidiComponentIsolated: drawn,
  stSkeleton: undrawn,
}
// What is for hands: it is left out, and so is a part of the page that is made of nothing else.
const TOOLS = ".stButton, .stDownloadButton, .stFormSubmitButton, .stTextInput, .stTextArea, .stDateInput, .stRadio, .stFileUploader"
const LEFT_OUT = `${TOOLS}, .st-key-filters, .st-key-printed, .stSlider, template`
const SHOWN = "table, svg, pre, .figures"

addEventListener("beforeprint", () => {
  const page = document.querySelector(".stMainBlockContainer")
  const facts = page?.querySelector(".st-key-printed .stText")
  if (!facts) return
  document.querySelector("body > .printed")?.remove()
  document.body.append(sheet(page, facts.textContent.split("\n")))
})
addEventListener("afterprint", () => document.querySelector("body > .printed")?.remove())

let room = UPRIGHT

function isWide(page) {
  const shown = (kind) => [...page.querySelectorAll(kind)].filter((one) => one.checkVisibility())
  return (
    shown(".main-svg").some((one) => one.clientWidth > WIDE_CHART) ||
    shown(".stDataFrame:has(canvas)").some((one) => gridOf(one).columns.length > WIDE_TABLE)
  )
}

function sheet(page, [running, chosen, ...foot]) {
  room = isWide(page) ? LYING : UPRIGHT
  const paper = element("main", "printed")
  const style = element("style", "", `@page { size: ${room.size}; @bottom-left { content: ${JSON.stringify(running)} } }`)
  copy(page, paper)
  paper.querySelector("h1 + p")?.after(element("p", "chosen", chosen))
  paper.append(style, element("footer", "", foot.join("\n")))
  return paper
}

function copy(node, paper) {
  if (node.matches(LEFT_OUT) || getComputedStyle(node).display === "none") return
  const make = MAKERS[node.dataset.testid]
  if (make) make(node, paper)
  else if (isPart(node)) copyPart(node, paper)
  else if (isPair(node)) copyPair(node, paper)
  else for (const child of node.children) copy(child, paper)
}

function isPart(node) {
  return node.matches(".stVerticalBlock:has(> .stElementContainer:first-child h2)")
}

function copyPart(node, paper) {
  const part = element("section", "")
  for (const child of node.children) copy(child, part)
  if (part.querySelector(SHOWN) || !node.querySelector(TOOLS)) paper.append(part)
}

// What stands side by side on the screen has room for that on lying paper alone.
function isPair(node) {
  return room === LYING && node.matches(":has(> .stColumn:nth-child(2):last-child)") && node.querySelector(".stPlotlyChart, .stDataFrame")
}

function copyPair(node, paper) {
  const pair = element("div", "pair")
  for (const column of node.children) {
    const half = element("div", "")
    room = { ...LYING, wide: (LYING.wide * column.clientWidth) / node.clientWidth - GAP }
    half.style.width = `${room.wide}px`
    copy(column, half)
    room = LYING
    if (half.childElementCount) pair.append(half)
  }
  paper.append(pair)
}

function element(name, kind, text = "") {
  const made = document.createElement(name)
  made.className = kind
  made.textContent = text
  return made
}

function heading(node, paper) {
  const head = node.querySelector("h1, h2, h3, h4")
  paper.append(element(head.localName, "", head.textContent))
}

// The caption under a table or a list to copy says what a click does there.
function lines(node, paper) {
  const tip = node.querySelector("[data-testid=stCaptionContainer]") && paper.lastElementChild?.matches(".grid, pre")
  if (!tip) paper.append(element(node.matches(".stCode") ? "pre" : "p", "", (node.querySelector("code") ?? node).textContent))
}

function figure(node, paper) {
  if (!paper.lastElementChild?.matches(".figures")) paper.append(element("div", "figures"))
  const said = (name) => node.querySelector(`[data-testid=${name}]`)?.textContent ?? ""
  const more = node.querySelector("[data-testid=stMetricDeltaIcon-Up]") ? "+" : ""
  const made = element("div", "")
  made.append(element("p", "", said("stMetricLabel")), element("p", "value", said("stMetricValue")))
  made.append(element("p", "", `${more}${said("stMetricDelta").replace("-", "−")}\u2003${said("stMetricDeltaDescription")}`))
  paper.lastElementChild.append(made)
}

function choice(node, paper) {
  const label = node.querySelector("[data-testid=stWidgetLabel]").textContent
  const box = node.querySelector("input[role=combobox]")
  const marked = node.querySelectorAll(".react-aria-ComboBox [data-tag], [role=radio][aria-checked=true], [aria-pressed=true]")
  const picked = [...marked].map((one) => one.textContent)
  const said = picked.length ? picked.join(words[language()].comma) : box?.value || box?.placeholder
  if (!paper.lastElementChild?.matches(".choices")) paper.append(element("p", "choices"))
  const made = element("span", "", said)
  made.prepend(element("b", "", label))
  paper.lastElementChild.append(made)
}

function language() {
  return document.documentElement.lang === "en" ? "en" : "zh"
}

// A grid draws the rows in view alone; the component that draws it is handed all of them.
function gridOf(node) {
  const canvas = node.querySelector("canvas")
  let at = canvas[Object.keys(canvas).find((name) => name.startsWith("__reactFiber$"))]
  while (!at.memoizedProps?.getCellContent) at = at.return
  return at.memoizedProps
}

function table(node, paper) {
  if (!node.querySelector("canvas")) return undrawn(node, paper)
  const { columns, rows, getCellContent } = gridOf(node)
  const named = [...columns.keys()].filter((at) => columns[at].title)
  const made = element("table", "grid")
  made.createTHead().insertRow().append(...named.map((at) => element("th", "", columns[at].title)))
  const body = made.createTBody()
  for (let row = 0; row < Math.min(rows, MOST_ROWS); row++) {
    body.insertRow().append(...named.map((at) => gridCell(getCellContent([at, row]))))
  }
  giveRoom(made)
  paper.append(made)
  if (rows > MOST_ROWS) paper.append(element("p", "", words[language()].more.replace("{n}", rows - MOST_ROWS)))
}

// Short columns stay whole; long ones share the rest, none taking it all.
function giveRoom(table) {
  const lines = [...table.rows]
  const longest = [...table.rows[0].cells].map((_, at) => Math.max(...lines.map((line) => letters(line.cells[at].textContent))))
  const shared = longest.filter((one) => one > WHOLE).reduce((sum, one) => sum + Math.sqrt(one), 0)
  longest.forEach((one, at) => {
    if (one > WHOLE) table.rows[0].cells[at].style.width = `${(100 * Math.sqrt(one)) / shared}%`
    else for (const line of lines) line.cells[at].classList.add("whole")
  })
}

function letters(text) {
  return [...text].reduce((sum, letter) => sum + (letter > "\u2e7f" ? 2 : 1), 0)
}

function gridCell(cell) {
  const text = cell.isMissingValue ? "" : cell.displayData.replaceAll("\u2060 ", "").replaceAll("\u200b", "")
  const kind = cell.kind === "number" || cell.contentAlign === "right" ? "number" : LONG_WORD.test(text) ? "long" : ""
  return element("td", kind, text)
}

// A filing as read, or a statutory table.
function drawn(node, paper) {
  for (const one of node.shadowRoot.querySelectorAll(".paper > p, table")) {
    paper.append(one.localName === "p" ? element("p", "", one.textContent) : form(one))
  }
}

function form(table) {
  const made = element("table", "form")
  for (const row of table.rows) {
    const line = made.insertRow()
    for (const cell of row.cells) {
      const copied = element("td", cell.classList.contains("finding") ? "finding" : "", cell.textContent)
      copied.rowSpan = cell.rowSpan
      copied.colSpan = cell.colSpan
      line.append(copied)
    }
  }
  return made
}

function chart(node, paper) {
  const made = chartOnPaper(node, room, colours)
  if (made) paper.append(made)
  else undrawn(node, paper)
}

function undrawn(_, paper) {
  paper.append(element("p", "", words[language()].undrawn))
}
