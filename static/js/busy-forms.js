// A form is sent once: its button says that it is busy, at the same width, and a second press does nothing.

const wakers = new Set()

document.addEventListener('submit', (event) => {
  const { target: form, submitter } = event
  if (event.defaultPrevented) return
  if (form.dataset.sent) {
    event.preventDefault()
    return
  }
  form.dataset.sent = 'yes'
  if (!submitter) return
  submitter.style.minInlineSize = `${submitter.offsetWidth}px`
  submitter.style.minBlockSize = `${submitter.offsetHeight}px`
  submitter.setAttribute('aria-busy', 'true')
  const label = Array.from(submitter.childNodes)
  submitter.replaceChildren(document.body.dataset.busy)
  wakers.add(() => {
    delete form.dataset.sent
    submitter.removeAttribute('aria-busy')
    submitter.replaceChildren(...label)
  })
})

// Coming back with the back button shows the page as it was left: wake its buttons.
addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return
  wakers.forEach((wake) => wake())
  wakers.clear()
})
