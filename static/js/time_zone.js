// A new account begins where its browser is. Without scripts it begins in UTC, and its owner can choose.
for (const field of document.querySelectorAll("[data-own-time-zone]")) {
  field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}
