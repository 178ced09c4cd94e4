// A chart as it is printed: as large as its room allows, light, its words no smaller than the others.

// Eight points, and how large a chart is drawn so that its words are no larger than the others.
const SMALLEST = 32 / 3
const LARGEST = 1.1

// A copy of the chart of a page; `colours` has what dark ones become. Nothing while it is not drawn yet.
export function chartOnPaper(node, room, colours) {
  const layers = [...node.querySelectorAll(".main-svg")]
  if (!layers.length) return undefined
  const [wide, high] = [layers[0].clientWidth, layers[0].clientHeight]
  const scale = Math.min(room.wide / wide, room.high / high, LARGEST)
  const beside = namesBeyond(layers[0], Math.max(1, 1 / scale))
  const across = Math.min(scale, room.wide / (wide + beside))
  const down = isPanels(node) ? Math.min(room.high / high, Math.max(across, 1)) : across
  const made = document.createElementNS("http://www.w3.org/2000/svg", "svg")
  made.setAttribute("viewBox", `${-beside} 0 ${wide + beside} ${high}`)
  made.setAttribute("preserveAspectRatio", "none")
  made.setAttribute("width", (wide + beside) * across)
  made.setAttribute("height", high * down)
  made.append(...layers.map((layer) => layer.cloneNode(true)))
  setApart(made)
  anchor(made, node)
  enlarge(made, node, SMALLEST / down)
  if (across !== down) unsqueeze(made, down / across)
  if (getComputedStyle(node).colorScheme === "dark") lighten(made, colours)
  return made
}

// How far names and numbers that end beside what is drawn stand out on the left when they are as large as on the screen.
function namesBeyond(layer, larger) {
  const left = layer.getBoundingClientRect().left
  const out = [...layer.querySelectorAll("text[text-anchor=end]")].map((text) => {
    const { right, width } = text.getBoundingClientRect()
    return width * larger - (right - left)
  })
  return Math.max(0, ...out)
}

// Small lines beside each other would lie flat, were they made as much lower as paper is narrower than a wide screen.
function isPanels(node) {
  return node.closest("[class*=st-key-wide-]")
}

function unsqueeze(svg, wider) {
  for (const text of svg.querySelectorAll("text")) widen(text, Number(text.getAttribute("x")), wider)
  for (const point of svg.querySelectorAll(".point")) widen(point, 0, wider)
  for (const line of svg.querySelectorAll("path")) line.style.vectorEffect = "non-scaling-stroke"
}

function widen(one, at, wider) {
  one.setAttribute("transform", `${one.getAttribute("transform") ?? ""} translate(${at * (1 - wider)}) scale(${wider} 1)`)
}

// Plotly puts the text of a note in the middle of its box, wherever that is anchored: it would grow to both sides.
function anchor(svg, node) {
  const notes = node.querySelector(".js-plotly-plot").layout.annotations
  const drawn = node.querySelectorAll(".main-svg .annotation text")
  svg.querySelectorAll(".annotation text").forEach((text, at) => {
    const [{ x, width }, { xanchor }] = [drawn[at].getBBox(), notes[text.closest(".annotation").dataset.index]]
    const [end, shift] = { left: ["start", 0], right: ["end", width] }[xanchor] ?? ["middle", width / 2]
    text.setAttribute("text-anchor", end)
    for (const line of [text, ...text.children]) line.setAttribute("x", x + shift)
  })
}

// The page that is copied is not drawn on paper: what clips its charts has to be copied under a name of its own.
function setApart(svg) {
  for (const one of svg.querySelectorAll("[id]")) one.id = `printed-${one.id}`
  for (const one of svg.querySelectorAll("[clip-path]")) {
    one.setAttribute("clip-path", one.getAttribute("clip-path").replace(/#/, "#printed-"))
  }
}

function enlarge(svg, node, smallest) {
  for (const text of svg.querySelectorAll("text")) {
    if (!text.closest(".legend") && parseFloat(text.style.fontSize) < smallest) text.style.fontSize = `${smallest}px`
  }
  for (const legend of svg.querySelectorAll(".legend")) enlargeLegend(legend, node, smallest)
}

// As a whole, from where it stands close to the chart: its names would run into one another.
function enlargeLegend(legend, node, smallest) {
  const { height } = node.querySelector(".legend").getBBox()
  const times = Math.max(1, smallest / parseFloat(legend.querySelector("text").style.fontSize))
  const foot = node.querySelector(".js-plotly-plot").layout.legend.yanchor === "bottom" ? height * (1 - times) : 0
  legend.setAttribute("transform", `${legend.getAttribute("transform")} translate(0 ${foot}) scale(${times})`)
}

// Colours of the dark page become those of the light one; what is written on a mark becomes what can be read there.
function lighten(svg, { hues, inks, written }) {
  const write = (text, marked) => {
    text.style.fill = written[marked?.querySelector("path")?.style.fill] ?? text.style.fill
  }
  for (const text of svg.querySelectorAll(".bartext-inside")) write(text, text.parentElement)
  for (const trace of svg.querySelectorAll(".trace.scatter")) {
    for (const text of trace.querySelectorAll(".text text")) write(text, trace.querySelector(".points"))
  }
  for (const one of svg.querySelectorAll("[style]")) {
    const filled = one.localName === "text" ? { ...hues, ...inks } : { ...inks, ...hues }
    one.style.fill = filled[one.style.fill] ?? one.style.fill
    one.style.stroke = inks[one.style.stroke] ?? hues[one.style.stroke] ?? one.style.stroke
  }
}
