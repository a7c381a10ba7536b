export default { name: "app", double: (n) => n * 2 };
