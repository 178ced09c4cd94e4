// A table that leads on: arrow keys go from cell to cell and read it, a click or Enter opens what the cell is made of.
// It stands in a form, which its button sends; Streamlit notes in the form what is chosen 150 ms after it was.
const NOTED = 180
// The height of the heads and the width of the column of boxes, in pixels.
const HEADS = 35
const BOXES = 40

function gridOf(event) {
  const grid = event.target.closest?.(".stDataFrameGlideDataEditor")
  return grid?.closest(".stForm") && grid
}

function send(grid) {
  const button = grid.closest(".stForm").querySelector(".stFormSubmitButton button")
  setTimeout(() => button.click(), NOTED)
}

// A click on a head sorts the rows; on the head of the boxes it ticks them all.
addEventListener("click", (event) => {
  const grid = gridOf(event)
  if (!grid) return
  const place = grid.getBoundingClientRect()
  const boxes = grid.closest(".stForm").querySelector("[class*=st-key-open-ticked-]")
  const ticksAll = boxes && event.clientX < place.left + BOXES
  if (ticksAll || event.target.closest("td") || event.clientY > place.top + HEADS) send(grid)
}, true)

// Enter would show the text of the cell in a box of its own, as the space bar does; with Shift that ticks the row.
addEventListener("keydown", (event) => {
  const grid = gridOf(event)
  if (!grid || !event.target.closest("canvas")) return
  if (event.key === "Enter") event.stopPropagation()
  if (event.key === "Enter" || (event.key === " " && event.shiftKey)) send(grid)
}, true)
