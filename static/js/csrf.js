// Every POST that a script sends carries the page's token.

const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

/** POST a form's data. `keepalive` lets it finish while the page goes away. Rejects when the line is down. */
export function post(url, data = new FormData(), { keepalive = false } = {}) {
  return fetch(url, {
    method: "POST",
    body: data,
    keepalive,
    credentials: "same-origin",
    headers: { "X-CSRFToken": token(), "X-Requested-With": "fetch" },
  });
}

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = token();
});
