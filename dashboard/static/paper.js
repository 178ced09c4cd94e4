// Draws a filing from its blocks. Everything that comes from the filing enters through textContent.
export default function ({ data: [data], parentElement, setTriggerValue }) {
  const paper = parentElement.querySelector(".paper")
  paper.classList.toggle("whole", data.leads_on)
  paper.replaceChildren(...data.blocks.map((block, at) => draw(block, at, data.marks, data.focus)))
  if (data.leads_on) for (const cell of paper.querySelectorAll("td[data-name]")) leadOn(cell, setTriggerValue)
  const target = paper.querySelector(".focus")
  if (target) {
    paper.scrollTop += target.getBoundingClientRect().top - paper.getBoundingClientRect().top - 120
    const frame = target.closest(".table")
    if (frame) frame.scrollLeft += target.getBoundingClientRect().right - frame.getBoundingClientRect().right + 8
  } else {
    paper.scrollTop = 0
  }
}

function leadOn(cell, setTriggerValue) {
  const pick = () => setTriggerValue("picked", cell.dataset.name)
  cell.classList.add("leads-on")
  cell.tabIndex = 0
  cell.onclick = pick
  cell.onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return
    event.preventDefault()
    pick()
  }
}

function draw(block, at, marks, focus) {
  return block.kind === "table" ? table(block, at, marks, focus) : paragraph(block, at, marks, focus)
}

function paragraph(block, at, marks, focus) {
  const element = document.createElement("p")
  const mine = marks.sentences.filter((mark) => mark[0] === at).sort((a, b) => a[1] - b[1])
  let from = 0
  for (const [, start, end, name] of mine) {
    if (end <= from) continue
    element.append(block.text.slice(from, Math.max(start, from)))
    const mark = document.createElement("mark")
    mark.textContent = block.text.slice(Math.max(start, from), end)
    const names = mine.filter((other) => other[1] < end && other[2] > start).map((other) => other[3])
    if (names.includes(focus)) mark.className = "focus"
    element.append(mark)
    from = end
  }
  element.append(block.text.slice(from))
  return element
}

function table(block, at, marks, focus) {
  const element = document.createElement("table")
  const mine = new Map(marks.cells.filter((mark) => mark[0] === at).map((mark) => [mark[1] + "," + mark[2], mark]))
  const rows = new Map()
  for (const [text, row, column, height, width] of block.cells) {
    if (!rows.has(row)) rows.set(row, document.createElement("tr"))
    const cell = document.createElement("td")
    cell.textContent = text
    cell.rowSpan = height
    cell.colSpan = width
    const mark = mine.get(row + "," + column)
    if (mark) {
      cell.className = mark[4] + (mark[3] === focus ? " focus" : "") + (text.trim() ? "" : " blank")
      cell.dataset.name = mark[3]
    }
    rows.get(row).append(cell)
  }
  const last = Math.max(...block.cells.map((cell) => cell[1] + cell[3]))
  for (let row = 0; row < last; row++) element.append(rows.get(row) || document.createElement("tr"))
  const frame = document.createElement("div")
  frame.className = "table"
  frame.tabIndex = 0
  frame.append(element)
  return frame
}
