// Small helpers around the DOM. Text only ever goes in as text.

const $ = (id) => document.getElementById(id);

function make(tag, classes = "", ...children) {
  const element = document.createElement(tag);
  if (classes) element.className = classes;
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

function vector(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function button(text, title, action) {
  const element = make("button", "", text);
  element.type = "button";
  element.title = title;
  element.addEventListener("click", action);
  return element;
}
