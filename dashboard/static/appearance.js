// Charts are drawn for a light or a dark page: when it changes from one to the other it is asked for anew, as by the key R.
const ANEW = { key: "r", code: "KeyR", keyCode: 82, bubbles: true }

function follow(app) {
  const now = () => getComputedStyle(app).colorScheme
  let drawn = now()
  new MutationObserver(() => {
    if (now() === drawn) return
    drawn = now()
    document.dispatchEvent(new KeyboardEvent("keydown", ANEW))
  }).observe(app, { attributes: true, attributeFilter: ["class"] })
}

new MutationObserver((_, waiting) => {
  const app = document.querySelector(".stApp")
  if (!app) return
  waiting.disconnect()
  follow(app)
}).observe(document.documentElement, { childList: true, subtree: true })
