// The page of a mind map: a row that its sandboxed frame asks for is shown.
const frame = document.querySelector("iframe.mind");

window.addEventListener("message", (event) => {
  const row = event.data?.row;
  if (frame && event.source === frame.contentWindow && Number.isSafeInteger(row) && row > 0) {
    location.assign(`/row/${row}`);
  }
});
