// The server draws tables and legends for the room there is: it is told how wide the window is before the page asks for anything.
const tell = () => (document.cookie = `width=${innerWidth}; path=/; SameSite=Strict`)
tell()
addEventListener("resize", tell)
