// The page of a mind map: a row that its sandboxed frame asks for is shown.
const frame = document.querySelector("iframe.mind");

// The frame is drawn by the server: until it is here, the page says so.
const waiting = document.getElementById("mind-waiting");
frame?.addEventListener("load", () => waiting?.remove());

window.addEventListener("message", (event) => {
  const row = event.data?.row;
  if (frame && event.source === frame.contentWindow && Number.isSafeInteger(row) && row > 0) {
    location.assign(`/row/${row}`);
  }
});
